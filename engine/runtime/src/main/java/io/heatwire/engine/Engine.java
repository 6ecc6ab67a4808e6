package io.heatwire.engine;

import io.heatwire.engine.health.DrainReport;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.plan.EnginePlan;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import reactor.core.publisher.Mono;

/** The one public door: runs the stages of a plan until it is drained. */
public final class Engine {

    private final EnginePlan plan;

    private Engine(EnginePlan plan) {
        this.plan = plan;
    }

    /**
     * An engine that is not started yet. All its meters are registered at 0.
     *
     * @param registry where the meters go; its naming must already be configured
     */
    public static Engine of(EnginePlan plan, MeterRegistry registry) {
        return new Engine(plan);
    }

    /**
     * Connects, checks the server and starts every stage.
     *
     * @return completes when the stages have been started; fails with {@link UnsuitableServerException} when the server is too
     *     old. A server that cannot be reached is tried again without end, and shows in the health.
     */
    public Mono<Void> start() {
        return Mono.empty();
    }

    /** Stops reading, finishes what is under way within the plan's deadline, and stops. Safe to call twice. */
    public Mono<DrainReport> drain() {
        return Mono.just(new DrainReport(0, 0, true));
    }

    /** The state right now. */
    public Health health() {
        return new Health(plan.redis().toString(), "", List.of());
    }
}
