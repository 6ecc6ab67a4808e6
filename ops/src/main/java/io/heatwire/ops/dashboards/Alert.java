package io.heatwire.ops.dashboards;

import java.util.Locale;

/**
 * An alert.
 *
 * @param name also the heading of its entry in the runbook
 * @param lasts how long the expression must hold, as Prometheus writes times
 * @param expression see {@link PromQl}
 * @param summary one line for the pager; names the stage or the edge
 * @param description what to do first
 */
record Alert(String name, Severity severity, String lasts, String expression, String summary, String description) {

    /** Who has to be told, and when. */
    enum Severity {
        /** Now: events are not processed, or are lost. */
        CRITICAL,
        /** Within the working day. */
        WARNING,
        /** Nobody: it shows that alerts arrive. */
        NONE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The anchor of its entry in the runbook, as GitHub and most others make it from a heading. */
    String anchor() {
        return name.toLowerCase(Locale.ROOT);
    }
}
