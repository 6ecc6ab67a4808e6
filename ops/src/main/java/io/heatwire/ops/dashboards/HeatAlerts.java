package io.heatwire.ops.dashboards;

import static io.heatwire.ops.dashboards.Alert.Severity.CRITICAL;
import static io.heatwire.ops.dashboards.Alert.Severity.WARNING;

import java.util.ArrayList;
import java.util.List;

/**
 * What can be wrong with the heat chain. The thresholds are those that its operators have used.
 *
 * <p>Coverage is that of all points of observation together: the point at a plan's creation looks before there can be a decision, and
 * alone is near 0 in the best of times.
 */
final class HeatAlerts {

    private HeatAlerts() {}

    static List<Alert> of(Scope scope) {
        List<Alert> alerts = new ArrayList<>(List.of(
                new Alert(
                        "HeatCoverageDead",
                        CRITICAL,
                        "15m",
                        """
                        sum(increase(p28_observed_total{heat_found="1"}[15m])) == 0
                        and
                        sum(increase(p28_observed_total{}[30m])) > 0""",
                        "No observation of the last 30 minutes found its heat",
                        "heatwire status first: a dormant or starved edge before the bridge explains it. Then heatwire trace with the id"
                                + " of a plan."),
                new Alert(
                        "HeatCoverageTrend",
                        WARNING,
                        "2h",
                        """
                        sum(increase(p28_observed_total{heat_found="1"}[30m]))
                        /
                        sum(increase(p28_observed_total{}[30m]))
                        < 0.05""",
                        "Heat coverage is {{ $value | humanizePercentage }}, below 5% for two hours",
                        "Which point of observation finds nothing, and for which reason? The heat dashboard has both."),
                new Alert(
                        "HeatRedisErrors",
                        CRITICAL,
                        "0s",
                        "sum(rate(p28_heat_reason_total{reason=\"redis_error\"}[5m])) > 0",
                        "Observations fail because Redis does not answer the look-up",
                        "Mend Redis. No setting of an observer helps, so change none."),
                new Alert(
                        "HeatUnknown",
                        WARNING,
                        "15m",
                        """
                        sum(increase(p26_out_messages_total{heat_level="unknown"}[30m]))
                        /
                        sum(increase(p26_out_messages_total{}[30m]))
                        > 0.5""",
                        "{{ $value | humanizePercentage }} of the decisions are made without knowing the heat",
                        "p26_failopen_total says why: inputs missing or old. Who writes the state of the portfolio?"),
                new Alert(
                        "HeatDowngradeRateHigh",
                        WARNING,
                        "10m",
                        """
                        (
                          sum(increase(p26_actions_downgraded_total{}[30m]))
                          /
                          sum(increase(p26_proposals_processed_total{}[30m]))
                          > 0.8
                        )
                        and
                        sum(increase(p26_proposals_processed_total{}[30m])) >= 10""",
                        "{{ $value | humanizePercentage }} of the proposals are downgraded",
                        "Is the portfolio really that cold, or are its inputs wrong? In shadow mode nothing happens; in enforce mode"
                                + " decide soon.")));
        if (!scope.latePoints().isEmpty()) {
            alerts.addAll(late(PromQl.matcher("obs_point", scope.latePoints())));
        }
        return List.copyOf(alerts);
    }

    private static List<Alert> late(String point) {
        return List.of(
                new Alert(
                        "HeatLateCoverageLow",
                        WARNING,
                        "15m",
                        """
                        (
                          1
                          -
                          sum(increase(p28_observed_total{POINT,heat_found="0"}[30m]))
                          /
                          sum(increase(p28_observed_total{POINT}[30m]))
                          < 0.4
                        )
                        and
                        sum(increase(p28_observed_total{POINT}[30m])) >= 10""".replace("POINT", point),
                        "Only {{ $value | humanizePercentage }} of the late observations find their heat",
                        "Reasons first: timeout means the chain is slow or the wait short, redis_error means Redis. Drops come before"
                                + " waits."),
                new Alert(
                        "HeatLateSaturated",
                        WARNING,
                        "5m",
                        "sum(rate(p28_late_obs_dropped_total{}[10m])) > 0.01",
                        "The late observer drops {{ $value | humanize }} plans a second: all places are taken",
                        "Raise max_inflight, once. Leave max_wait_ms alone as long as anything is dropped."),
                new Alert(
                        "HeatLateTimingShort",
                        WARNING,
                        "0s",
                        """
                        (
                          sum(rate(p28_heat_reason_total{POINT,reason="timeout"}[10m]))
                          >
                          sum(rate(p28_observed_total{POINT}[10m])) * 0.5
                        )
                        and
                        sum(rate(p28_observed_total{POINT}[10m])) > 0.05""".replace("POINT", point),
                        "More than half of the late observations end at their time limit",
                        "Look at the drops and at the lag of gate and bridge. Only when drops are near zero, raise max_wait_ms."));
    }
}
