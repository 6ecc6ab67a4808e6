package io.heatwire.operators.portfolioheatgate;

import io.heatwire.operators.closeaction.CloseAction;
import java.util.Optional;

/**
 * What becomes of a proposed action at this heat (contract section 5.3, point 4). Only full closes are moderated, whichever way
 * they are written; without a heat they are cut as far as in a cold portfolio, under a reason of their own.
 *
 * @param action the action to take
 * @param bucket the bucket of the heat; COLD after a failure
 * @param reason why
 */
record Calibration(String action, HeatBucket bucket, String reason) {

    static Calibration of(String proposed, PortfolioHeat heat, double heatMin, double heatMax) {
        HeatBucket bucket = bucket(heat, heatMin, heatMax);
        Optional<CloseAction> close = CloseAction.parse(proposed);
        if (close.isPresent() && close.get() == CloseAction.FULL) {
            HeatFailure failure = heat.failure();
            return failure == null
                    ? moderated(proposed, bucket)
                    : new Calibration(CloseAction.PARTIAL_25.name(), bucket, failure.reason());
        }
        String reason = proposed.startsWith("PARTIAL_") ? "partial_unchanged" : "non_full_close_unchanged";
        return new Calibration(proposed, bucket, reason);
    }

    boolean changes(String proposed) {
        return !action.equals(proposed);
    }

    private static Calibration moderated(String proposed, HeatBucket bucket) {
        return switch (bucket) {
            case COLD -> new Calibration(CloseAction.PARTIAL_25.name(), bucket, "portfolio_heat_cold");
            case WARM -> new Calibration(CloseAction.PARTIAL_75.name(), bucket, "portfolio_heat_warm");
            case HOT -> new Calibration(proposed, bucket, "portfolio_heat_hot");
        };
    }

    private static HeatBucket bucket(PortfolioHeat heat, double heatMin, double heatMax) {
        if (heat.failure() != null || heat.value() < heatMin) {
            return HeatBucket.COLD;
        }
        return heat.value() < heatMax ? HeatBucket.WARM : HeatBucket.HOT;
    }
}
