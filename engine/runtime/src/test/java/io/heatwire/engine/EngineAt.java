package io.heatwire.engine;

import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.time.RedisClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** Engines that live at another time than ours: for recorded cases, whose clock stood still. */
public final class EngineAt {

    private EngineAt() {}

    /**
     * An engine that is not started yet.
     *
     * @param nowMs its only clock, in Unix ms, whatever Redis says
     */
    public static Engine of(EnginePlan plan, MeterRegistry registry, LongSupplier nowMs) {
        return Engine.of(plan, registry, RedisClock.only(nowMs), UnaryOperator.identity());
    }
}
