package io.heatwire.ops.dashboards;

import static io.heatwire.ops.dashboards.Panel.lines;
import static io.heatwire.ops.dashboards.Panel.stacked;
import static io.heatwire.ops.dashboards.Panel.states;

import io.heatwire.engine.edge.EdgeState;
import io.heatwire.ops.dashboards.Board.Row;
import io.heatwire.ops.dashboards.Panel.Query;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What every wiring has: edges, flow, commits, and what did not go well. */
final class EngineBoard {

    private static final String STAGE = "{{stage}}";

    private EngineBoard() {}

    static Board board() {
        return new Board(
                "heatwire-engine",
                "Heatwire: engine",
                "Edges, lag, commits, dead letters and losses of all stages.",
                List.of(state(), flow(), commit(), trouble(), process()));
    }

    private static Row state() {
        return new Row(
                "State",
                List.of(
                        states(
                                "Edges",
                                "One state for each wire; of several engines that differ, the one further down the legend.",
                                edgeStates(),
                                "{{edge}}",
                                EdgeState.words()),
                        states(
                                "Stages",
                                "Up: it reads and commits in at least one engine.",
                                "max by (stage) (heatwire_stage_up{})",
                                STAGE,
                                List.of("down", "up")),
                        lines(
                                "Coverage of pairs",
                                "percentunit",
                                "Share of the sampled entries whose counterpart is there; -1 when none was to be expected.",
                                "max by (pair) (heatwire_coverage_ratio{})",
                                "{{pair}}"),
                        lines(
                                "Time since the last entry",
                                "s",
                                "By edge; -1 when there never was one.",
                                "max by (edge) (heatwire_edge_last_entry_seconds{})",
                                "{{edge}}"),
                        lines(
                                "Conservation",
                                "short",
                                "Entries read of which nobody can say what became. Anything but 0 is a fault of the engine.",
                                "heatwire_unaccounted_entries{}",
                                STAGE + " {{instance}}")));
    }

    /** The number of each edge's state, from 0 in the order of the words. */
    private static String edgeStates() {
        List<String> words = EdgeState.words();
        return IntStream.range(0, words.size())
                .mapToObj(i -> i + " * heatwire_edge_state{state=\"" + words.get(i) + "\"}")
                .collect(Collectors.joining("\n  or ", "max by (edge) (\n  ", "\n)"));
    }

    private static Row flow() {
        return new Row(
                "Flow",
                List.of(
                        lines(
                                "Entries read",
                                "cps",
                                "By how they came: fresh, own ones that were pending, taken over.",
                                "sum by (stage, origin) (rate(heatwire_entries_read_total{}[5m]))",
                                STAGE + " {{origin}}"),
                        lines(
                                "Entries committed",
                                "cps",
                                "Acknowledged with their effects applied.",
                                "sum by (stage) (rate(heatwire_entries_committed_total{}[5m]))",
                                STAGE),
                        lines(
                                "Lag",
                                "s",
                                "Age of the oldest entry not yet processed.",
                                "max by (stage) (heatwire_lag_seconds{})",
                                STAGE),
                        lines(
                                "Lag in entries",
                                "short",
                                "Not yet delivered to the group, by Redis; -1 when it does not know.",
                                "max by (stage) (heatwire_lag_entries{})",
                                STAGE),
                        lines(
                                "Pending",
                                "short",
                                "Delivered and not acknowledged, by Redis.",
                                "max by (stage) (heatwire_pending_entries{})",
                                STAGE),
                        lines(
                                "In flight",
                                "short",
                                "Read and not yet committed, or waiting for a decision.",
                                "sum by (stage) (heatwire_in_flight{})",
                                STAGE),
                        lines(
                                "Time to loss",
                                "s",
                                "Until the oldest unread entry is trimmed away; -1 when nothing is about to be.",
                                "min by (stage) (heatwire_time_to_loss_seconds{})",
                                STAGE)));
    }

    private static Row commit() {
        return new Row(
                "Commit",
                List.of(
                        lines(
                                "Commit time",
                                "s",
                                "From sending to reply, waits included.",
                                List.of(quantile("0.5"), quantile("0.99"))),
                        lines(
                                "Entries in a commit",
                                "short",
                                "On average.",
                                "sum by (stage) (rate(heatwire_commit_entries_sum{}[5m]))\n"
                                        + "/ sum by (stage) (rate(heatwire_commit_entries_count{}[5m]))",
                                STAGE),
                        lines(
                                "Refused for now",
                                "cps",
                                "Commits, look-ups and reads that Redis refused and that were tried again, by cause.",
                                "sum by (stage, cause) (rate(heatwire_commit_waits_total{}[5m]))",
                                STAGE + " {{cause}}")));
    }

    private static Query quantile(String share) {
        return new Query(
                "histogram_quantile(" + share + ", sum by (stage, le) (rate(heatwire_commit_seconds_bucket{}[5m])))",
                STAGE + " p" + share.substring(2));
    }

    private static Row trouble() {
        return new Row(
                "What did not go well",
                List.of(
                        lines(
                                "Dead letters",
                                "short",
                                "How many there are now.",
                                "max by (stage) (heatwire_dead_letters{})",
                                STAGE),
                        stacked(
                                "New dead letters",
                                "short",
                                "In the last 15 minutes, by reason.",
                                "sum by (stage, reason) (increase(heatwire_entries_dead_total{}[15m]))",
                                STAGE + " {{reason}}"),
                        stacked(
                                "Lost entries",
                                "short",
                                "In the last 15 minutes, by cause. Taken away by others before they were processed.",
                                "sum by (stage, cause) (increase(heatwire_entries_lost_total{}[15m]))",
                                STAGE + " {{cause}}"),
                        lines(
                                "Retries",
                                "short",
                                "Times a stage lost its connections and began again, in 15 minutes.",
                                "sum by (stage) (increase(heatwire_stage_failures_total{}[15m]))",
                                STAGE),
                        lines(
                                "Repeated and refused",
                                "cps",
                                "Entries that the gate held back because they were done before: exactly once at work.",
                                List.of(
                                        new Query(
                                                "sum by (stage) (rate(heatwire_entries_duplicate_total{}[5m]))",
                                                STAGE + " duplicate"),
                                        new Query(
                                                "sum by (stage) (rate(heatwire_entries_refused_total{}[5m]))",
                                                STAGE + " refused"),
                                        new Query(
                                                "sum by (stage) (rate(heatwire_entries_reclaimed_total{}[5m]))",
                                                STAGE + " taken over"))),
                        lines(
                                "Dropped",
                                "cpm",
                                "Events that found no free place and were acknowledged unprocessed, each minute.",
                                "60 * sum by (stage) (rate(heatwire_entries_dropped_total{}[5m]))",
                                STAGE),
                        lines(
                                "Groups lost or set back",
                                "short",
                                "In 15 minutes.",
                                List.of(
                                        new Query(
                                                "sum by (stage) (increase(heatwire_group_lost_total{}[15m]))",
                                                STAGE + " lost"),
                                        new Query(
                                                "sum by (stage) (increase(heatwire_group_rewound_total{}[15m]))",
                                                STAGE + " set back"))),
                        lines(
                                "Halted",
                                "short",
                                "1 while a stage stands before an entry it can never commit.",
                                "max by (stage) (heatwire_halted{})",
                                STAGE)));
    }

    private static Row process() {
        return new Row(
                "Process",
                List.of(
                        lines("Scraped", "short", "1 while Prometheus reaches the process.", "up{}", "{{instance}}"),
                        lines(
                                "Generation",
                                "short",
                                "Number of the wiring that runs: one more with each accepted reload.",
                                "heatwire_generation{}",
                                "{{instance}}"),
                        lines(
                                "Reloads",
                                "short",
                                "In the last hour, by outcome.",
                                "sum by (outcome) (increase(heatwire_reloads_total{}[1h]))",
                                "{{outcome}}"),
                        lines(
                                "HTTP refused",
                                "cps",
                                "Connections and requests the listeners refused, by cause.",
                                "sum by (cause) (rate(heatwire_http_refused_total{}[5m]))",
                                "{{cause}}")));
    }
}
