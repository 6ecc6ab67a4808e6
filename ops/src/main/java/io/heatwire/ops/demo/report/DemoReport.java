package io.heatwire.ops.demo.report;

import java.util.ArrayList;
import java.util.List;

/** The table at the end of the demo. */
public final class DemoReport {

    private DemoReport() {}

    /**
     * The whole report, line by line.
     *
     * @param reconciliations empty when the run was cut short and nothing could be held against each other
     * @param dropped late observations dropped because too many were waiting
     */
    public static List<String> lines(ChainFigures figures, List<Reconciliation> reconciliations, long dropped) {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Redis against /metrics");
        lines.add("  %-42s %10s %10s".formatted("", "Redis", "/metrics"));
        reconciliations.forEach(each -> lines.add("  %-42s %10d %10d  %s"
                .formatted(each.what(), each.redis(), each.metrics(), each.agrees() ? "OK" : "MISMATCH")));
        if (reconciliations.isEmpty()) {
            lines.add("  not compared: the run was cut short while the chain was at work");
            lines.add("  so far: " + figures.progress());
        }
        lines.add("");
        lines.add("Coverage: was the decision there when it was looked up?");
        lines.add("  %-26s %9s %9s %10s %11s %11s"
                .formatted("obs_point", "observed", "found", "coverage", "mean wait", "max wait"));
        figures.observations()
                .forEach((point, observation) -> lines.add("  %-26s %9d %9d %9.1f%% %8.1f ms %8d ms"
                        .formatted(
                                point,
                                observation.all(),
                                observation.found(),
                                observation.coverage(),
                                observation.waits().mean(),
                                observation.waits().max())));
        lines.add("  dropped by the late observer: " + dropped);
        lines.add("  (wait: from the plan's stream id, at reconcile_close_consume from the close's, to the event's)");
        lines.add("");
        lines.add("Latency, by stamps of Redis in whole ms");
        lines.add("  publish -> decision appended    "
                + figures.publishToDecision().summary());
        lines.add("  publish -> lookup key written   " + figures.publishToKey().summary());
        lines.add("  publish -> seen by late poll    " + figures.publishToSeen().summary());
        lines.add(
                "  (key written: the key's expiry time less its time to live; late poll: the interval is its resolution)");
        return List.copyOf(lines);
    }
}
