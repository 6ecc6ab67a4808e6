package io.heatwire.engine.faults;

import io.heatwire.contract.event.Event;
import io.heatwire.engine.Engine;
import io.heatwire.engine.EngineAt;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.time.RedisClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** An engine in this process. */
final class InProcess implements Running {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Tuning tuning;
    private final String consumer;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LinkTap tap = new LinkTap();
    private final Engine engine;
    private boolean stopped;

    private InProcess(
            Tuning tuning,
            RedisPlan redis,
            String consumer,
            RedisClock clock,
            Sabotage sabotage,
            Consumer<Event> before) {
        this.tuning = tuning;
        this.consumer = consumer;
        this.engine = EngineAt.of(
                tuning.plan(redis, consumer, before), registry, clock, links -> sabotage.on(tap.on(links), redis));
    }

    static InProcess start(
            Tuning tuning,
            RedisPlan redis,
            String consumer,
            RedisClock clock,
            Sabotage sabotage,
            Consumer<Event> before) {
        InProcess engine = new InProcess(tuning, redis, consumer, clock, sabotage, before);
        engine.engine.start().subscribe();
        return engine;
    }

    @Override
    public String consumer() {
        return consumer;
    }

    /** The stream its effects go to. */
    String output() {
        return tuning.output();
    }

    StageHealth health() {
        return engine.health().stages().get(0);
    }

    LinkTap tap() {
        return tap;
    }

    Account account() {
        return Account.of(registry);
    }

    double counted(String meter) {
        return registry.find(meter).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Override
    public Optional<Account> stop() {
        if (!stopped) {
            stopped = true;
            engine.drain().block(PATIENCE);
        }
        return Optional.of(account());
    }
}
