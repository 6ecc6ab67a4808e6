package io.heatwire.ops.proof;

import java.util.Map;

/** Which suite proves which operator. */
final class Proofs {

    private static final StageProof GENERAL = new GeneralProof();

    private static final Map<String, StageProof> BY_OPERATOR = Map.of(
            "heat_gate", new HeatGateProof(),
            "heat_bridge", new HeatBridgeProof(),
            "portfolio_heat_gate", new PortfolioHeatGateProof(),
            "heat_observer", new HeatObserverProof(),
            "late_observer", new LateObserverProof());

    private Proofs() {}

    /** The suite of this operator, or the one that fits all. */
    static StageProof of(String operator) {
        return BY_OPERATOR.getOrDefault(operator, GENERAL);
    }
}
