package io.heatwire.operators.applyplanner;

import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Group;
import io.heatwire.contract.effect.Once;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.heatobserver.ObservedEvent;
import java.util.ArrayList;
import java.util.List;

/** What is written for a plan, and what people are told: observed event, plan, result, in this order. */
final class PlanOutcome {

    private final ApplyPlannerSettings settings;
    private final ApplyPlannerKeys keys;

    PlanOutcome(ApplyPlannerSettings settings, ApplyPlannerKeys keys) {
        this.settings = settings;
        this.keys = keys;
    }

    /** Nothing is written: there is no plan to be made. */
    Outcome skipped(String symbol, ProposalReading.Unusable unusable) {
        SkippedProposal why = unusable.why();
        String line = symbol + ": " + why.line() + (unusable.detail().isEmpty() ? "" : ": " + unusable.detail());
        Signal.Importance importance =
                why == SkippedProposal.NO_PROPOSAL ? Signal.Importance.DEBUG : Signal.Importance.WARN;
        return Outcome.nothing(List.of(
                Signal.count(ApplyPlannerSpec.SKIPPED_TOTAL, symbol, why.word()),
                new Signal.Log(importance, () -> line)));
    }

    /** Everything one decision writes; behind the plan's marker when the decision claims it. */
    Outcome of(ApplyPlan plan, List<Signal> notes, Answer byPlan, long nowMs) {
        List<Group> groups = new ArrayList<>();
        if (settings.observe()) {
            groups.add(observed(plan, byPlan, nowMs));
        }
        groups.add(published(plan));
        groups.add(result(plan));
        List<Signal> signals = new ArrayList<>(calibration(plan.proposal()));
        signals.addAll(notes);
        if (plan.verdict().isDuplicate()) {
            signals.addAll(duplicate(plan.proposal()));
        }
        Once once = new Once(
                keys.decided(plan.proposal().planId()).key(), settings.dedupeTtlMs(), Long.toString(plan.timestampS()));
        return plan.verdict().claims()
                ? new Outcome.Apply(once, groups, signals, duplicate(plan.proposal()))
                : new Outcome.Apply(null, groups, signals, List.of());
    }

    private Group observed(ApplyPlan plan, Answer byPlan, long nowMs) {
        HarvestProposal proposal = plan.proposal();
        ObservedEvent event = ObservedEvent.of(
                proposal.planId(),
                proposal.symbol(),
                ApplyPlannerKeys.OBS_POINT,
                plan.verdict().decision().name(),
                byPlan,
                null,
                nowMs,
                settings.maxDebugChars());
        return new Group(
                new Once(keys.observed(proposal.planId()), settings.observedTtlMs(), "1"),
                List.of(Effect.append(ApplyPlannerSpec.OBSERVED, event.values())),
                event.signals(),
                List.of());
    }

    private Group published(ApplyPlan plan) {
        HarvestProposal proposal = plan.proposal();
        String decision = plan.verdict().decision().name();
        int steps = plan.verdict().steps().size();
        return new Group(
                new Once(keys.published(proposal.planId()), settings.publishedTtlMs(), "1"),
                List.of(Effect.append(ApplyPlannerSpec.PLAN, plan.planValues())),
                List.of(
                        Signal.count(ApplyPlannerSpec.PLAN_TOTAL, proposal.symbol(), decision),
                        Signal.info(
                                () -> about(proposal) + " published (decision=" + decision + ", steps=" + steps + ")")),
                List.of(new Signal.Log(
                        Signal.Importance.DEBUG,
                        () -> about(proposal) + " already published to stream (skipping republish)")));
    }

    private static Group result(ApplyPlan plan) {
        String symbol = plan.proposal().symbol();
        return Group.of(
                List.of(Effect.append(ApplyPlannerSpec.RESULT, plan.resultValues())),
                List.of(Signal.info(() -> symbol + ": Result published (executed=False, error=None)")));
    }

    private static List<Signal> calibration(HarvestProposal proposal) {
        Calibration.Use use = proposal.calibration().use();
        if (use == Calibration.Use.NONE) {
            return List.of();
        }
        Signal count = Signal.count(ApplyPlannerSpec.CALIBRATION_TOTAL, proposal.symbol(), use.word());
        return switch (use) {
            case USED ->
                List.of(
                        count,
                        new Signal.Log(
                                Signal.Importance.DEBUG,
                                () -> proposal.symbol() + ": Using calibrated action=" + proposal.action()
                                        + " (heat gate)"));
            case UNUSABLE ->
                List.of(
                        count,
                        Signal.warn(() -> proposal.symbol()
                                + ": Calibrated hash cannot be used, planning the original proposal"));
            default -> List.of(count);
        };
    }

    private static List<Signal> duplicate(HarvestProposal proposal) {
        return List.of(
                Signal.count(ApplyPlannerSpec.DEDUPE_HITS_TOTAL),
                Signal.info(() -> about(proposal) + " already executed (duplicate)"));
    }

    private static String about(HarvestProposal proposal) {
        return proposal.symbol() + ": Plan " + proposal.planId();
    }
}
