package io.heatwire.operators.applyplanner;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import java.util.ArrayList;
import java.util.List;

/** One tick: reads the proposal of a symbol, decides, and says what to write. */
final class ApplyPlanner implements EventOperator {

    private final ApplyPlannerSettings settings;
    private final ApplyPlannerKeys keys;
    private final PlanGates gates;
    private final PlanOutcome outcomes;

    ApplyPlanner(OperatorConfig config) {
        settings = ApplyPlannerSettings.of(config);
        keys = ApplyPlannerKeys.of(config);
        gates = new PlanGates(settings);
        outcomes = new PlanOutcome(settings, keys);
    }

    @Override
    public List<Signal> onStart() {
        return List.of(Signal.info(() -> "P2.8A Heat Observer: " + (settings.observe() ? "True" : "False")));
    }

    @Override
    public List<LookUp> lookUps(Event event) {
        String symbol = event.get("symbol", "");
        List<LookUp> lookUps = new ArrayList<>(List.of(keys.proposal(symbol), keys.calibrated(symbol)));
        lookUps.addAll(keys.killKeys());
        return lookUps;
    }

    @Override
    public List<LookUp> moreLookUps(Event event, Found found) {
        if (!(read(event, found) instanceof ProposalReading.Usable usable)) {
            return List.of();
        }
        String planId = usable.proposal().planId();
        return settings.observe() ? List.of(keys.decided(planId), keys.byPlan(planId)) : List.of(keys.decided(planId));
    }

    @Override
    public Outcome decide(Event event, Found found, long nowMs) {
        ProposalReading reading = read(event, found);
        if (reading instanceof ProposalReading.Unusable unusable) {
            return outcomes.skipped(event.get("symbol", ""), unusable);
        }
        HarvestProposal proposal = ((ProposalReading.Usable) reading).proposal();
        GateVerdict gate = gates.judge(proposal, killSwitch(found));
        boolean seenBefore = isThere(found.get(keys.decided(proposal.planId())));
        PlanVerdict verdict = PlanVerdict.of(gate, proposal, seenBefore);
        ApplyPlan plan = new ApplyPlan(proposal, verdict, Math.floorDiv(nowMs, 1000));
        return outcomes.of(plan, gate.notes(), found.get(keys.byPlan(proposal.planId())), nowMs);
    }

    /** A marker counts whatever it holds; when Redis fails, the guard of the commit decides. */
    private static boolean isThere(Answer marker) {
        return marker instanceof Answer.Failed failed
                ? failed.failure() != Answer.Failure.REDIS_ERROR
                : !(marker instanceof Answer.Missing);
    }

    private ProposalReading read(Event event, Found found) {
        String symbol = event.get("symbol", "");
        return ProposalReading.of(symbol, found.get(keys.proposal(symbol)), found.get(keys.calibrated(symbol)));
    }

    private KillSwitch killSwitch(Found found) {
        return KillSwitch.of(
                settings.killSwitch(), keys.killKeys().stream().map(found::get).toList());
    }
}
