package io.heatwire.operators.portfolioheatgate;

import io.heatwire.contract.declare.Output;
import io.heatwire.contract.effect.Effect;
import io.heatwire.operators.number.DecimalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the portfolio heat gate writes: the calibrated stream (contract section 3.4) and the calibrated hash. */
final class PortfolioHeatOutputs {

    static final Output.ToStream CALIBRATED = new Output.ToStream(
            "calibrated",
            List.of(
                    "trace_id",
                    "plan_id",
                    "symbol",
                    "original_action",
                    "calibrated_action",
                    "heat_value",
                    "heat_bucket",
                    "mode",
                    "calibrated",
                    "reason",
                    "timestamp"),
            true,
            "Every proposal with its calibrated action, in both modes; all other fields of the proposal follow");

    // The hash is replaced as a whole: nothing of an older proposal may survive in it (decision 12).
    static final Output.ToHash CALIBRATED_HASH = new Output.ToHash(
            "calibrated_hash",
            List.of("symbol"),
            List.of(
                    "trace_id",
                    "plan_id",
                    "symbol",
                    "action",
                    "original_action",
                    "heat_value",
                    "heat_bucket",
                    "calibrated",
                    "calibrated_by",
                    "downgrade_reason",
                    "ts",
                    "computed_at_utc"),
            true,
            null,
            "The calibrated proposal of a symbol, in enforce mode only; the planner prefers it while it lives");

    private static final Set<String> STREAM_NAMES = Set.copyOf(CALIBRATED.fields());
    private static final Set<String> HASH_NAMES = Set.copyOf(CALIBRATED_HASH.fields());
    private static final long MS_PER_SECOND = 1000;

    private PortfolioHeatOutputs() {}

    static Effect entry(Proposal proposal, PortfolioHeat heat, Calibration calibration, String mode, long nowMs) {
        List<String> values = List.of(
                proposal.traceId(),
                proposal.planId(),
                proposal.symbol(),
                proposal.action(),
                calibration.action(),
                DecimalText.write(heat.value()),
                calibration.bucket().name(),
                mode,
                "true",
                calibration.reason(),
                Long.toString(nowMs / MS_PER_SECOND));
        return new Effect.Append(CALIBRATED, values, others(proposal, STREAM_NAMES));
    }

    static Effect hash(
            Proposal proposal, PortfolioHeat heat, Calibration calibration, String key, long ttlMs, long nowMs) {
        List<String> values = List.of(
                proposal.traceId(),
                proposal.planId(),
                proposal.symbol(),
                calibration.action(),
                proposal.action(),
                DecimalText.write(heat.value()),
                calibration.bucket().name(),
                "1",
                "p26_heat_gate",
                calibration.reason(),
                Long.toString(nowMs / MS_PER_SECOND),
                proposal.event().get("computed_at_utc", ""));
        return new Effect.PutHash(CALIBRATED_HASH, key, ttlMs, values, others(proposal, HASH_NAMES), 0);
    }

    /** The proposal's other fields in their order; the gate's own names win. */
    private static List<String> others(Proposal proposal, Set<String> taken) {
        List<String> others = new ArrayList<>();
        for (Map.Entry<String, String> field : proposal.event().fields().entrySet()) {
            if (!taken.contains(field.getKey()) && !field.getKey().equals(Proposal.ACTION)) {
                others.add(field.getKey());
                others.add(field.getValue());
            }
        }
        return List.copyOf(others);
    }
}
