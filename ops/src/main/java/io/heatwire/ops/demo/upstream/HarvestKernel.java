package io.heatwire.ops.demo.upstream;

import io.heatwire.ops.demo.market.Position;
import java.util.Optional;

/**
 * A simulation of the kernel that proposes closes. Its kill scores fall into the two clusters of the recorded original: 0.51 to
 * 0.55 while profits are taken, 0.70 to 0.77 when the price falls by more than its usual move.
 */
final class HarvestKernel {

    private static final double CALM_SCORE = 0.51;
    private static final double CALM_SPREAD = 0.04;
    private static final double STRESS_SCORE = 0.70;
    private static final double STRESS_SPREAD = 0.07;
    private static final double LARGE_MOVE = 4;

    private HarvestKernel() {}

    /** The proposal for a position after its last bar; empty when there is nothing to propose. */
    static Optional<Proposal> propose(Position position) {
        double move = position.sigmaBar() > 0 ? position.lastReturn() / position.sigmaBar() : 0;
        double rNet = (position.price() / position.entry() - 1) / Math.max(position.sigmaDay(), 1e-9);
        double size = Math.min(1, Math.abs(move) / LARGE_MOVE);
        if (move < -1) {
            return Optional.of(proposal(position, "FULL_CLOSE_PROPOSED", STRESS_SCORE + STRESS_SPREAD * size, rNet));
        }
        return profitTaking(rNet).map(action -> proposal(position, action, CALM_SCORE + CALM_SPREAD * size, rNet));
    }

    private static Optional<String> profitTaking(double rNet) {
        if (rNet >= 1.5) {
            return Optional.of("PARTIAL_75");
        }
        if (rNet >= 0.75) {
            return Optional.of("PARTIAL_50");
        }
        return rNet >= 0.25 ? Optional.of("PARTIAL_25") : Optional.empty();
    }

    private static Proposal proposal(Position position, String action, double score, double rNet) {
        return new Proposal(position, action, score, score * 0.4, score * 0.3, score * 0.2, score * 0.1, rNet);
    }
}
