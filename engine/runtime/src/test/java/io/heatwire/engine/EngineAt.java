package io.heatwire.engine;

import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.time.RedisClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** Engines that live at another time than ours, or with something between their stages and Redis: for tests. */
public final class EngineAt {

    private EngineAt() {}

    /**
     * An engine that is not started yet, for recorded cases, whose clock stood still.
     *
     * @param nowMs its only clock, in Unix ms, whatever Redis says
     */
    public static Engine of(EnginePlan plan, MeterRegistry registry, LongSupplier nowMs) {
        return Engine.of(plan, registry, RedisClock.only(nowMs), UnaryOperator.identity());
    }

    /** An engine that is not started yet, whose links to Redis are wrapped. */
    public static Engine of(
            EnginePlan plan, MeterRegistry registry, RedisClock clock, UnaryOperator<LinkFactory> wrapping) {
        return Engine.of(plan, registry, clock, wrapping);
    }
}
