package io.heatwire.ops.verify;

import io.heatwire.contract.declare.Output;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.ask.EngineListeners;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.demo.report.Scrape;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.look.GroupFacts;
import io.heatwire.ops.status.Columns;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** What the observers of a wiring wrote, what their counters say of it, what was dropped, and how far every group is. */
public final class Verification {

    private static final int LOOKS = 5;
    private static final Duration BETWEEN = Duration.ofMillis(300);
    private static final String DROPPED = "p28_late_obs_dropped_total";

    private final DeadDesk desk;
    private final EnginePlan plan;
    private final EngineListeners listeners;
    private final int scan;
    private final PrintWriter out;
    private long unknown;

    /** How it came out. */
    public enum Result {
        /** Stream and counters say the same. */
        AGREE,
        /** They do not, or could not be compared. */
        DISAGREE,
        /** The engine does not give its metrics. */
        NO_METRICS
    }

    /**
     * A verification.
     *
     * @param scan how many entries of a stream are looked at, at most
     */
    public Verification(DeadDesk desk, EnginePlan plan, EngineListeners listeners, int scan, PrintWriter out) {
        this.desk = desk;
        this.plan = plan;
        this.listeners = listeners;
        this.scan = scan;
        this.out = out;
    }

    /**
     * Looks, and prints what it sees.
     *
     * @throws io.heatwire.ops.dead.RedisRefusedException when Redis cannot be asked
     */
    public Result run() {
        Optional<Scrape> scrape = listeners.metricsOfAll();
        if (scrape.isEmpty()) {
            return Result.NO_METRICS;
        }
        if (scrape.get().value("process_start_time_seconds").isEmpty()) {
            out.println("! not compared: the engine does not say since when it counts; is it older than this program?");
            return Result.DISAGREE;
        }
        Map<String, List<String>> streams = observedStreams();
        boolean agrees = !streams.isEmpty();
        for (Map.Entry<String, List<String>> each : streams.entrySet()) {
            agrees &= verify(each.getKey(), each.getValue(), scrape.get());
        }
        dropped();
        groups();
        out.println();
        out.println(
                streams.isEmpty() ? "! not compared: no stage of this wiring writes observations" : outcome(agrees));
        out.flush();
        return agrees ? Result.AGREE : Result.DISAGREE;
    }

    private String outcome(boolean agrees) {
        if (!agrees) {
            return "stream and metrics DISAGREE, or could not be compared: see the lines with !";
        }
        return unknown == 0
                ? "stream and metrics agree"
                : "stream and metrics agree as far as the stream reaches back; " + unknown
                        + " rows could not be compared";
    }

    /** The points of observation by the stream they are written to. */
    private Map<String, List<String>> observedStreams() {
        Map<String, List<String>> streams = new TreeMap<>();
        for (StagePlan stage : plan.stages()) {
            for (Output output : stage.spec().outputs()) {
                if (output instanceof Output.ToStream to
                        && to.fields().containsAll(List.of("obs_point", "heat_found", "heat_reason"))) {
                    streams.computeIfAbsent(stage.streams().getOrDefault(to.port(), ""), key -> new ArrayList<>())
                            .add(point(stage));
                }
            }
        }
        return streams;
    }

    private static String point(StagePlan stage) {
        return stage.config().settings().get("obs_point") instanceof String point ? point : "create_apply_plan";
    }

    private boolean verify(String stream, List<String> points, Scrape scrape) {
        long sinceMs = Math.round(scrape.value("process_start_time_seconds").orElse(0) * 1000);
        Comparison comparison = look(stream, sinceMs).orElse(null);
        for (int i = 1; i < LOOKS && (comparison == null || !agrees(comparison, points)); i++) {
            desk.await(Mono.delay(BETWEEN));
            comparison = look(stream, sinceMs).orElse(comparison);
        }
        if (comparison == null) {
            out.println("! not compared: " + stream + ": the engine no longer gives its metrics");
            return false;
        }
        TreeSet<String> all = new TreeSet<>(points);
        comparison.stream().counts().keySet().forEach(kind -> all.add(kind.point()));
        out.println(stream + " since " + Instant.ofEpochMilli(sinceMs)
                + ", when the engine began to count"
                + (comparison.stream().removedByProof() == 0
                        ? ""
                        : "; with " + comparison.stream().removedByProof() + " that proofs have taken out again"));
        Columns results = new Columns("OBS_POINT", "HEAT_FOUND", ">STREAM", ">METRICS", "");
        comparison
                .results(all)
                .forEach(row -> results.row(
                        Escaped.plain(row.point()),
                        row.label(),
                        Long.toString(row.stream()),
                        Long.toString(row.after()),
                        row.verdict()));
        results.print(out);
        coverage(comparison, all);
        Columns reasons = new Columns("OBS_POINT", "REASON", ">STREAM", ">METRICS", "");
        comparison.reasons(all).stream()
                .filter(row -> row.stream() + row.after() > 0)
                .forEach(row -> reasons.row(
                        Escaped.plain(row.point()),
                        Escaped.plain(row.label()),
                        Long.toString(row.stream()),
                        Long.toString(row.after()),
                        row.verdict()));
        reasons.print(out);
        unknown += Stream.concat(comparison.results(all).stream(), comparison.reasons(all).stream())
                .filter(Comparison.Row::isUnknown)
                .count();
        return agrees(comparison, all);
    }

    /** Empty when the engine does not give its metrics both before and after: nothing agrees with counters that nobody has seen. */
    private Optional<Comparison> look(String stream, long sinceMs) {
        Optional<Scrape> before = listeners.metricsOfAll();
        if (before.isEmpty()) {
            return Optional.empty();
        }
        StreamCount count = StreamCount.since(desk, stream, sinceMs, scan);
        return listeners.metricsOfAll().map(after -> new Comparison(before.get(), count, after));
    }

    private static boolean agrees(Comparison comparison, Iterable<String> points) {
        return comparison.results(points).stream().allMatch(Comparison.Row::agrees)
                && comparison.reasons(points).stream().allMatch(Comparison.Row::agrees);
    }

    private void coverage(Comparison comparison, Iterable<String> points) {
        Columns coverage = new Columns("COVERAGE", ">STREAM", ">METRICS");
        Map<String, long[]> sums = new LinkedHashMap<>();
        comparison.results(points).forEach(row -> {
            long[] sum = sums.computeIfAbsent(row.point(), point -> new long[4]);
            sum[0] += row.label().equals("1") ? row.stream() : 0;
            sum[1] += row.stream();
            sum[2] += row.label().equals("1") ? row.after() : 0;
            sum[3] += row.after();
        });
        sums.forEach((point, sum) -> coverage.row(Escaped.plain(point), share(sum[0], sum[1]), share(sum[2], sum[3])));
        coverage.print(out);
    }

    private static String share(long found, long all) {
        return all == 0 ? "-" : String.format(Locale.ROOT, "%.1f %% (%d of %d)", 100.0 * found / all, found, all);
    }

    private void dropped() {
        listeners.metricsOfAll().filter(scrape -> scrape.has(DROPPED)).ifPresent(scrape -> {
            out.println();
            out.println("dropped by late observers since then: " + scrape.sum(DROPPED)
                    + (scrape.sum(DROPPED) == 0 ? "" : "; more came at once than max_inflight lets wait"));
        });
    }

    private void groups() {
        Columns groups = new Columns("GROUP", "STREAM", ">LAG", ">PENDING", "");
        BrokerView view = new BrokerView(desk);
        for (StagePlan stage : plan.stages()) {
            if (stage.source() instanceof SourcePlan.FromStream source) {
                GroupFacts group = view.groups(source.key()).get(source.group());
                groups.row(
                        Escaped.plain(source.group()),
                        Escaped.plain(source.key()),
                        group == null ? "-" : group.lag() < 0 ? "unknown" : Long.toString(group.lag()),
                        group == null ? "-" : Long.toString(group.pending()),
                        group == null ? "there is no such group" : "");
            }
        }
        groups.print(out);
    }
}
