package io.heatwire.ops.cli;

import io.heatwire.engine.health.DrainReport;

/** The last line of a process that was stopped. */
final class DrainLine {

    private static final String FOUND_LATER =
            " pending under this engine's consumer names; its next start takes them up, or others after min_idle_ms";

    private DrainLine() {}

    static String of(DrainReport report) {
        return "drained: committed " + report.committed() + ", handed back " + report.handedBack() + " in "
                + report.tookMs() + " ms" + (report.inTime() ? "" : "; cut off at drain_ms") + left(report);
    }

    private static String left(DrainReport report) {
        if (!report.confirmed()) {
            String known = report.left() == 0 ? "whatever was under way is" : report.left() + " or more entries are";
            return "; NOT everything handed back, Redis did not answer: " + known + " still" + FOUND_LATER;
        }
        // Only entries that the stream has lost are kept back by a hand-back that was confirmed.
        return report.left() == 0
                ? ""
                : "; " + report.left() + " NOT handed back, they are no longer in their stream: still" + FOUND_LATER;
    }
}
