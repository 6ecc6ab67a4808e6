package io.heatwire.operators.applyplanner;

import io.heatwire.operators.closeaction.CloseAction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The decision on a plan.
 *
 * @param reasons reason codes in the order they arose
 * @param steps what would be done; empty unless the decision is EXECUTE
 * @param claims whether the decision is final for this plan, so that its marker is set. An ERROR does not claim: once the fault is
 *     mended the same plan may still act
 */
record PlanVerdict(PlanDecision decision, List<String> reasons, List<PlanStep> steps, boolean claims) {

    /** The reason of a plan that acted before. */
    static final String DUPLICATE = "duplicate_plan";

    /**
     * Decides behind the gates, contract section 5.4.
     *
     * @param seenBefore whether the marker of the plan is there
     */
    static PlanVerdict of(GateVerdict gate, HarvestProposal proposal, boolean seenBefore) {
        if (gate.decision() != PlanDecision.EXECUTE) {
            return new PlanVerdict(gate.decision(), List.of(gate.reason()), List.of(), false);
        }
        if (seenBefore) {
            return stopped(PlanDecision.SKIP, gate, DUPLICATE, false);
        }
        Optional<CloseAction> close = CloseAction.parse(proposal.action());
        if (close.isPresent()) {
            return execute(gate, new PlanStep.Close(close.get()));
        }
        return switch (proposal.action()) {
            case "UPDATE_SL" ->
                proposal.newSl().isPresent()
                        ? execute(gate, new PlanStep.UpdateStop(proposal.newSl().getAsDouble()))
                        : stopped(PlanDecision.ERROR, gate, "missing_new_sl", false);
            case "HOLD" -> stopped(PlanDecision.SKIP, gate, "action_hold", true);
            default -> stopped(PlanDecision.ERROR, gate, "unknown_action_" + proposal.action(), false);
        };
    }

    /** Whether the plan was skipped because it acted before. */
    boolean isDuplicate() {
        return reasons.contains(DUPLICATE);
    }

    private static PlanVerdict execute(GateVerdict gate, PlanStep step) {
        return new PlanVerdict(PlanDecision.EXECUTE, reasons(gate, ""), List.of(step), true);
    }

    private static PlanVerdict stopped(PlanDecision decision, GateVerdict gate, String reason, boolean claims) {
        return new PlanVerdict(decision, reasons(gate, reason), List.of(), claims);
    }

    private static List<String> reasons(GateVerdict gate, String reason) {
        return Stream.of(gate.reason(), reason).filter(word -> !word.isEmpty()).toList();
    }
}
