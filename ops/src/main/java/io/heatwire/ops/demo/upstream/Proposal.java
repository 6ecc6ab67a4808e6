package io.heatwire.ops.demo.upstream;

import io.heatwire.ops.demo.market.Position;

/**
 * What the harvest kernel proposes for a position.
 *
 * @param action one of the kernel's words (contract section 3.2)
 * @param killScore the sum of the four parts
 * @param rNet profit in units of the daily risk
 */
record Proposal(
        Position position,
        String action,
        double killScore,
        double regimeFlip,
        double sigmaSpike,
        double trendDrop,
        double agePenalty,
        double rNet) {

    /** The share of the position that would be closed. */
    double closes() {
        return switch (action) {
            case "PARTIAL_25" -> 0.25;
            case "PARTIAL_50" -> 0.50;
            case "PARTIAL_75" -> 0.75;
            default -> 1;
        };
    }
}
