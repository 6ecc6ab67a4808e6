package io.heatwire.operators.applyplanner;

import io.heatwire.contract.effect.Signal;
import java.util.List;

/**
 * What a safety gate says.
 *
 * @param reason its reason code; empty when it let the plan pass without a word
 * @param notes what people are told of it
 */
record GateVerdict(PlanDecision decision, String reason, List<Signal> notes) {

    static GateVerdict of(PlanDecision decision, String reason, Signal note) {
        return new GateVerdict(decision, reason, List.of(note));
    }

    /** No gate had anything to say. */
    static GateVerdict passed() {
        return new GateVerdict(PlanDecision.EXECUTE, "", List.of());
    }
}
