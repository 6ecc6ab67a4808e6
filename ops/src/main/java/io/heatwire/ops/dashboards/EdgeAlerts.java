package io.heatwire.ops.dashboards;

import static io.heatwire.ops.dashboards.Alert.Severity.CRITICAL;
import static io.heatwire.ops.dashboards.Alert.Severity.WARNING;

import io.heatwire.engine.plan.CoveragePlan;
import io.heatwire.ops.dashboards.Alert.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What can be wrong with the wires between stages: one alert for each bad state of an edge, and one for pairs that fall apart. */
final class EdgeAlerts {

    private EdgeAlerts() {}

    static List<Alert> of(Scope scope) {
        List<Alert> alerts = new ArrayList<>(List.of(
                state(
                        "HeatwireEdgeDormant",
                        "dormant",
                        CRITICAL,
                        "has been silent for longer than its writer's pace allows",
                        "Who writes it? Is it running, and does it write under this name? heatwire check --live looks for the stream"
                                + " that is really written."),
                state(
                        "HeatwireEdgeStarved",
                        "starved",
                        CRITICAL,
                        "has entries, and its reader is given none",
                        "heatwire status: the error of the stage. XINFO CONSUMERS shows whether somebody else reads the group."),
                state(
                        "HeatwireEdgeStalled",
                        "stalled",
                        CRITICAL,
                        "has pending entries, and none is settled",
                        "heatwire status and the log of the stage; XPENDING shows which consumer holds the entries."),
                state(
                        "HeatwireEdgeBlocked",
                        "blocked",
                        WARNING,
                        "waits: Redis refuses the commits of its stage for now",
                        "waiting in heatwire status names the cause, such as FULL or OOM. Nothing is lost while it waits."),
                state(
                        "HeatwireEdgeMismatch",
                        "mismatch",
                        CRITICAL,
                        "carries entries without the fields its reader needs",
                        "heatwire status names the fields that are missing and those that are there; then mend the writer, or name"
                                + " an alias."),
                state(
                        "HeatwireEdgeLostGroup",
                        "lost_group",
                        CRITICAL,
                        "has no consumer group",
                        "heatwire status: with on_group_lost: stop its error names the commands to choose from. Who removed the"
                                + " group?"),
                absent(scope),
                state(
                        "HeatwireEdgeUnknown",
                        "unknown",
                        WARNING,
                        "cannot be looked at: Redis does not answer, or refuses the look",
                        "redis-cli PING; then the log, which names a right that is missing.")));
        List<CoveragePlan> watched =
                scope.pairs().stream().filter(pair -> pair.alarmBelow() > 0).toList();
        if (!watched.isEmpty()) {
            alerts.add(coverage(watched));
        }
        return List.copyOf(alerts);
    }

    private static Alert state(String name, String state, Severity severity, String what, String first) {
        return new Alert(
                name,
                severity,
                severity == CRITICAL ? "1m" : "5m",
                "max by (edge) (heatwire_edge_state{state=\"" + state + "\"}) == 1",
                "{{ $labels.edge }} " + what,
                first);
    }

    private static Alert absent(Scope scope) {
        List<String> fine = scope.mayBeAbsent();
        String others = fine.isEmpty() ? "" : ",edge!~\"" + PromQl.anyOf(fine) + "\"";
        return new Alert(
                "HeatwireEdgeAbsent",
                CRITICAL,
                "1m",
                "max by (edge) (heatwire_edge_state{state=\"absent\"" + others + "}) == 1",
                "{{ $labels.edge }}: the stream or key is not there",
                "Who writes it? heatwire check --live says what is written instead.");
    }

    /** Each pair has its own threshold, so the expression has a line for each. */
    private static Alert coverage(List<CoveragePlan> pairs) {
        String expression = pairs.stream()
                .map(pair -> String.format(
                        Locale.ROOT,
                        "max by (pair) (heatwire_coverage_ratio{pair=\"%s\"} >= 0) < %s",
                        PromQl.quotable(pair.name()),
                        pair.alarmBelow()))
                .collect(Collectors.joining("\nor\n"));
        return new Alert(
                "HeatwireCoverageLow",
                WARNING,
                "5m",
                expression,
                "Only {{ $value | humanizePercentage }} of {{ $labels.pair }} have their counterpart",
                "heatwire trace with the id of a missing one: its last line says where it broke off.");
    }
}
