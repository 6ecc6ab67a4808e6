package io.heatwire.operators.heatobserver;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import java.util.List;

/** Observes at once: looks the plan's decision up as soon as its entry is read (contract section 5.7). */
final class HeatObserver implements EventOperator {

    private final boolean enabled;
    private final Observation observation;

    HeatObserver(OperatorConfig config) {
        enabled = config.flag("heat_obs_enabled");
        observation = new Observation(config);
    }

    @Override
    public List<Signal> onStart() {
        return List.of(Signal.info(() -> "P2.8A Heat Observer: " + (enabled ? "True" : "False")));
    }

    @Override
    public List<LookUp> lookUps(Event event) {
        return enabled && observation.missing(event).isEmpty() ? List.of(observation.byPlan(event)) : List.of();
    }

    @Override
    public Outcome decide(Event event, Found found, long nowMs) {
        return enabled
                ? observation.outcome(event, found.get(observation.byPlan(event)), null, nowMs)
                : Outcome.nothing(List.of());
    }
}
