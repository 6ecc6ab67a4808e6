package io.heatwire.operators.heatgate;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.operators.number.DecimalText;
import io.heatwire.operators.planid.PlanId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides the heat of each plan: contract section 5.2. */
final class HeatGate implements EventOperator {

    private final HeatGateSettings settings;
    private final HeatThermometer thermometer;
    private final HeatPolicy policy;
    private final HeatDebugJson debugJson;
    private final LookUp state;
    private final KeyTemplate shadow;

    HeatGate(OperatorConfig config) {
        settings = HeatGateSettings.of(config);
        thermometer = new HeatThermometer(settings);
        policy = new HeatPolicy(settings);
        debugJson = new HeatDebugJson(settings);
        state = new LookUp.Hash(config.key("state").key());
        shadow = config.key(HeatGateSpec.SHADOW.port());
    }

    @Override
    public List<LookUp> lookUps(Event event) {
        return List.of(state);
    }

    @Override
    public Outcome decide(Event event, Found found, long nowMs) {
        Optional<String> planId = planId(event);
        if (planId.isEmpty()) {
            return Outcome.dead("missing_field:plan_id", counted(event));
        }
        long nowSec = Math.floorDiv(nowMs, 1000L);
        HeatReading reading = thermometer.read(found.get(state), nowSec);
        HeatDecision decision = decision(event, planId.get(), reading, nowSec);
        return Outcome.apply(
                List.of(decision.published(), decision.shadow(shadow.key("symbol", decision.symbol()))),
                HeatGateSignals.of(decision, reading, counted(event)));
    }

    @Override
    public List<Signal> onDead(@Nullable Event event, String reason) {
        return List.of(counted(event));
    }

    private HeatDecision decision(Event event, String planId, HeatReading reading, long nowSec) {
        String action = event.get("action", "");
        HeatVerdict verdict = policy.judge(action, DecimalText.parseFinite(event.get("kill_score")), reading);
        HeatLevel level = HeatLevel.UNKNOWN;
        double score = 0;
        String age = "";
        if (reading instanceof HeatReading.Known known) {
            level = known.level();
            score = known.score();
            age = Long.toString(known.ageSec());
        } else if (reading instanceof HeatReading.Unknown unknown
                && unknown.ageSec().isPresent()) {
            age = Long.toString(unknown.ageSec().getAsLong());
        }
        return new HeatDecision(
                nowSec,
                event.get("symbol", ""),
                planId,
                action,
                verdict,
                level,
                score,
                age,
                settings.mode(),
                debugJson.of(reading));
    }

    /** The plan id of the entry, or the one the planner computes from the same proposal (contract section 5.5). */
    private static Optional<String> planId(Event event) {
        String given = event.get("plan_id", "");
        if (!given.isEmpty()) {
            return Optional.of(given);
        }
        return PlanId.ofProposal(event, event.get("action", ""));
    }

    private static Signal counted(@Nullable Event event) {
        return Signal.count(HeatGateMeters.IN, event == null ? "" : event.get("action", ""));
    }
}
