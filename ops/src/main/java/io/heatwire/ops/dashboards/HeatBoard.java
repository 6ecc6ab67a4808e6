package io.heatwire.ops.dashboards;

import static io.heatwire.ops.dashboards.Panel.lines;
import static io.heatwire.ops.dashboards.Panel.stacked;

import io.heatwire.ops.dashboards.Board.Row;
import io.heatwire.ops.dashboards.Panel.Query;
import java.util.ArrayList;
import java.util.List;

/** The heat chain: how much of it is covered, and what gates, bridge and observers do. */
final class HeatBoard {

    private HeatBoard() {}

    static Board board(Scope scope) {
        List<Row> rows = new ArrayList<>(List.of(coverage()));
        if (!scope.latePoints().isEmpty()) {
            rows.add(late(PromQl.matcher("obs_point", scope.latePoints())));
        }
        rows.addAll(List.of(gate(), bridge(), portfolio(), planner()));
        return new Board(
                "heatwire-heat",
                "Heatwire: heat chain",
                "Coverage of plans by heat decisions, and the stages that make it.",
                List.copyOf(rows));
    }

    private static Row coverage() {
        return new Row(
                "Coverage",
                List.of(
                        stacked(
                                "Heat coverage",
                                "short",
                                "Observations of the last 15 minutes at all points, by whether heat was found.",
                                "sum by (heat_found) (increase(p28_observed_total{}[15m]))",
                                "heat_found {{heat_found}}"),
                        stacked(
                                "Coverage by obs_point",
                                "short",
                                "The same by point. create_apply_plan looks before there can be a decision and finds little.",
                                "sum by (obs_point, heat_found) (increase(p28_observed_total{}[15m]))",
                                "{{obs_point}} {{heat_found}}"),
                        lines(
                                "Missing rate by obs_point",
                                "percentunit",
                                "Share of the observations whose key was not there: at once (missing), or until the wait was over"
                                        + " (timeout).",
                                "sum by (obs_point) (increase(p28_heat_reason_total{reason=~\"missing|timeout\"}[15m]))\n"
                                        + "/ sum by (obs_point) (increase(p28_observed_total{}[15m]))",
                                "{{obs_point}}"),
                        lines(
                                "Found by obs_point",
                                "percentunit",
                                "Share of the observations that found heat.",
                                "sum by (obs_point) (increase(p28_observed_total{heat_found=\"1\"}[15m]))\n"
                                        + "/ sum by (obs_point) (increase(p28_observed_total{}[15m]))",
                                "{{obs_point}}"),
                        stacked(
                                "Found, and of substance",
                                "short",
                                "Decisions found, by whether the gate knew the heat when it made them. no: plumbing works, inputs do"
                                        + " not.",
                                "sum by (obs_point, substantive) (increase(heatwire_observed_decisions_total{}[15m]))",
                                "{{obs_point}} {{substantive}}")));
    }

    private static Row late(String point) {
        String observed = "p28_observed_total{" + point + "}";
        return new Row(
                "Late observer",
                List.of(
                        lines(
                                        "Late success rate",
                                        "percentunit",
                                        "Share of the late observations that found their heat. 50 to 90% was usual before.",
                                        "sum(increase(p28_observed_total{" + point + ",heat_found=\"1\"}[15m]))\n"
                                                + "/ sum(increase(" + observed + "[15m]))",
                                        "found")
                                .limitedAt(0.4),
                        lines(
                                        "Saturation",
                                        "cpm",
                                        "Plans dropped each minute because max_inflight were waiting already.",
                                        "60 * sum(rate(p28_late_obs_dropped_total{}[5m]))",
                                        "dropped")
                                .limitedAt(0.6),
                        stacked(
                                "Outcome split",
                                "cps",
                                "Late observations by whether heat was found.",
                                "sum by (heat_found) (rate(" + observed + "[5m]))",
                                "heat_found {{heat_found}}"),
                        stacked(
                                "Reason distribution",
                                "cps",
                                "timeout: the wait was too short or the chain too slow. redis_error: Redis.",
                                "sum by (reason) (rate(p28_heat_reason_total{" + point + "}[5m]))",
                                "{{reason}}")));
    }

    private static Row gate() {
        return new Row(
                "Heat gate",
                List.of(
                        stacked(
                                "Decisions by level",
                                "cps",
                                "unknown: the inputs are missing or old.",
                                "sum by (heat_level) (rate(p26_out_messages_total{}[5m]))",
                                "{{heat_level}}"),
                        stacked(
                                "Decisions by action",
                                "cps",
                                "What the heat does to the plans.",
                                "sum by (heat_action) (rate(p26_out_messages_total{}[5m]))",
                                "{{heat_action}}"),
                        lines(
                                "Heat score",
                                "short",
                                "Of the last decision for each symbol, 0 to 1; 0 when the heat is unknown.",
                                "max by (symbol) (p26_heat_score{})",
                                "{{symbol}}"),
                        stacked(
                                "Plans in by action",
                                "cps",
                                "Decided, or sent to the dead letters.",
                                "sum by (action) (rate(p26_in_messages_total{}[5m]))",
                                "{{action}}"),
                        lines(
                                "Decided without knowing the heat",
                                "cps",
                                "By the reason that is published with the decision.",
                                "sum by (reason) (rate(p26_failopen_total{}[5m]))",
                                "{{reason}}"),
                        lines(
                                "Inputs absent or invalid",
                                "cps",
                                "Fields of the portfolio's state that a decision had to do without.",
                                List.of(
                                        new Query(
                                                "sum by (input) (rate(heat_gate_absent_inputs_total{}[5m]))",
                                                "{{input}} absent"),
                                        new Query(
                                                "sum by (input) (rate(heat_gate_invalid_inputs_total{}[5m]))",
                                                "{{input}} invalid")))));
    }

    private static Row bridge() {
        return new Row(
                "Heat bridge",
                List.of(
                        lines(
                                "Keys written",
                                "cps",
                                "By kind of key; skipped: repeated within the dedupe window.",
                                List.of(
                                        new Query("sum by (kind) (rate(p27_written_total{}[5m]))", "{{kind}}"),
                                        new Query("sum(rate(p27_dedupe_skips_total{}[5m]))", "skipped"))),
                        lines(
                                "Errors",
                                "cps",
                                "By part: read, write, ack.",
                                "sum by (stage) (rate(p27_errors_total{}[5m]))",
                                "{{stage}}"),
                        lines("Age of decisions", "ms", "When their keys were written.", "max(p27_lag_ms{})", "age")));
    }

    private static Row portfolio() {
        return new Row(
                "Portfolio heat gate",
                List.of(
                        lines(
                                "Portfolio heat",
                                "short",
                                "Of the last proposal; 0 when it could not be calculated.",
                                "max(p26_heat_value{})",
                                "heat"),
                        stacked(
                                "Bucket",
                                "short",
                                "The one at 1; none when the heat could not be calculated.",
                                "max by (state) (p26_bucket{})",
                                "{{state}}"),
                        lines(
                                        "Downgrade rate",
                                        "percentunit",
                                        "Share of the proposals whose action was changed, over 30 minutes.",
                                        "sum(increase(p26_actions_downgraded_total{}[30m]))\n"
                                                + "/ sum(increase(p26_proposals_processed_total{}[30m]))",
                                        "downgraded")
                                .limitedAt(0.8),
                        stacked(
                                "Downgrades",
                                "cps",
                                "By what became of what, and why.",
                                "sum by (from_action, to_action, reason)"
                                        + " (rate(p26_actions_downgraded_total{}[5m]))",
                                "{{from_action}} to {{to_action}}: {{reason}}"),
                        lines(
                                "Failures",
                                "cps",
                                "Proposals for which the heat could not be calculated.",
                                "sum by (reason) (rate(p26_failures_total{}[5m]))",
                                "{{reason}}"),
                        lines(
                                "Time to a decision",
                                "ms",
                                "From a proposal's append, 95 of 100.",
                                "histogram_quantile(0.95, sum by (le) (rate(p26_stream_lag_ms_bucket{}[5m])))",
                                "p95"),
                        lines(
                                "Hashes and mode",
                                "short",
                                "In enforce mode (1) the calibrated hash is written, each minute so many.",
                                List.of(
                                        new Query("max(p26_enforce_mode{})", "enforce"),
                                        new Query("60 * sum(rate(p26_hash_writes_total{}[5m]))", "written"),
                                        new Query("60 * sum(rate(p26_hash_write_fail_total{}[5m]))", "failed")))));
    }

    private static Row planner() {
        return new Row(
                "Apply planner",
                List.of(
                        stacked(
                                "Plans by decision",
                                "cps",
                                "Published plans.",
                                "sum by (decision) (rate(quantum_apply_plan_total{}[5m]))",
                                "{{decision}}"),
                        lines(
                                "Cycles without a plan",
                                "cps",
                                "By reason.",
                                "sum by (reason) (rate(apply_planner_skipped_total{}[5m]))",
                                "{{reason}}"),
                        lines(
                                "Calibrated proposals",
                                "cps",
                                "Cycles that found a calibrated hash, by whether it was used.",
                                "sum by (result) (rate(apply_planner_calibration_total{}[5m]))",
                                "{{result}}")));
    }
}
