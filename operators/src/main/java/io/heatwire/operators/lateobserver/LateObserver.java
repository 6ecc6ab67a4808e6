package io.heatwire.operators.lateobserver;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.PollingOperator;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.operators.heatobserver.Observation;
import io.heatwire.operators.heatobserver.ObservedReason;
import java.util.List;

/** Observes a published plan when its decision appears or the wait is over (contract section 5.8). */
final class LateObserver implements PollingOperator {

    private final boolean enabled;
    private final Schedule configured;
    private final Observation observation;

    LateObserver(OperatorConfig config) {
        enabled = config.flag("enabled");
        configured = new Schedule(
                config.integer("max_wait_ms"),
                config.integer("poll_ms"),
                Math.toIntExact(config.integer("max_inflight")),
                Math.toIntExact(config.integer("max_workers")));
        observation = new Observation(config);
    }

    @Override
    public List<Signal> onStart() {
        return List.of(Signal.info(() -> "P2.8A.3 Late Observer: " + (enabled ? "True" : "False") + " (wait="
                + configured.maxWaitMs() + "ms, poll=" + configured.pollMs() + "ms, workers="
                + configured.maxLookUps() + ", max_inflight=" + configured.maxInflight() + ")"));
    }

    /** Off means one look and no event: entries must still be acknowledged. */
    @Override
    public Schedule schedule() {
        return enabled
                ? configured
                : new Schedule(0, configured.pollMs(), configured.maxInflight(), configured.maxLookUps());
    }

    @Override
    public LookUp.Hash awaited(Event event) {
        return observation.byPlan(event);
    }

    @Override
    public LookUp.Value decidedBefore(Event event) {
        return observation.observedBefore(event);
    }

    @Override
    public Outcome decide(Event event, End end, Answer answer, long nowMs) {
        return enabled ? observation.outcome(event, answer, ifMissing(end), nowMs) : Outcome.nothing(List.of());
    }

    @Override
    public Outcome dropped(Event event) {
        return enabled
                ? Outcome.nothing(List.of(
                        Signal.count(LateObserverSpec.DROPPED),
                        observation.debug(event, "dropped, max_inflight reached,")))
                : Outcome.nothing(List.of());
    }

    @Override
    public Outcome duplicate(Event event) {
        return Outcome.nothing(List.of(observation.debug(event, "observed before")));
    }

    private static ObservedReason ifMissing(End end) {
        return switch (end) {
            case FOUND -> ObservedReason.MISSING;
            case TIMEOUT -> ObservedReason.TIMEOUT;
            case REDIS_ERROR -> ObservedReason.REDIS_ERROR;
        };
    }
}
