package io.heatwire.operators.applyplanner;

import io.heatwire.operators.number.DecimalText;
import io.heatwire.operators.planid.PlanId;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A proposal that a plan can be made from.
 *
 * @param planId its identity, contract section 5.5
 * @param action verbatim, the calibrated one when it is used
 * @param killScore finite
 * @param kills k_regime_flip, k_sigma_spike, k_ts_drop, k_age_penalty; 0 for what is no finite number
 * @param newSl the proposed stop; empty when it is no finite number or 0
 */
record HarvestProposal(
        String symbol,
        String planId,
        String action,
        Calibration calibration,
        double killScore,
        Kills kills,
        OptionalDouble newSl,
        OptionalDouble rNet) {

    /** The parts of the kill score, for information. */
    record Kills(double regimeFlip, double sigmaSpike, double tsDrop, double agePenalty) {}

    /** Makes the proposal from fields that {@link ProposalReading} found complete. */
    static HarvestProposal of(
            String symbol,
            Map<String, String> fields,
            String proposedAction,
            double killScore,
            Calibration calibration) {
        String action = calibration.use() == Calibration.Use.USED ? calibration.action() : proposedAction;
        String stop = fields.get("new_sl_proposed");
        // The id takes the stop as other services parse it, NaN included; only the plan itself insists on a finite
        // price.
        String planId = PlanId.of(
                symbol, action, killScore, DecimalText.parse(stop), fields.getOrDefault("computed_at_utc", ""));
        return new HarvestProposal(
                symbol,
                planId,
                action,
                calibration,
                killScore,
                new Kills(
                        orZero(fields.get("k_regime_flip")),
                        orZero(fields.get("k_sigma_spike")),
                        orZero(fields.get("k_ts_drop")),
                        orZero(fields.get("k_age_penalty"))),
                price(DecimalText.parseFinite(stop)),
                DecimalText.parseFinite(fields.get("R_net")));
    }

    private static OptionalDouble price(OptionalDouble stop) {
        return stop.isPresent() && stop.getAsDouble() != 0 ? stop : OptionalDouble.empty();
    }

    private static double orZero(@Nullable String text) {
        return DecimalText.parseFinite(text).orElse(0);
    }
}
