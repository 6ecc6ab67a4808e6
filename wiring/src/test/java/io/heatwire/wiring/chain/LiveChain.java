package io.heatwire.wiring.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.Engine;
import io.heatwire.engine.TestRedis;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.wiring.WiringResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** The whole shipped chain in real time on a real Redis, and the streams of the contract. */
final class LiveChain implements AutoCloseable {

    static final String PLAN = "quantum:stream:apply.plan";
    static final String RESULT = "quantum:stream:apply.result";
    static final String DECISION = "quantum:stream:harvest.heat.decision";
    static final String OBSERVED = "quantum:stream:apply.heat.observed";
    static final String CALIBRATED = "quantum:stream:harvest.calibrated";
    static final String PROPOSAL = "quantum:stream:harvest.proposal";
    static final String RECONCILE = "quantum:stream:reconcile.close";
    static final String SNAPSHOT = "quantum:stream:position.snapshot";
    static final String BY_PLAN = "quantum:harvest:heat:by_plan:";

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestRedis redis;
    private final EnginePlan plan;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Engine engine;

    private LiveChain(TestRedis redis, EnginePlan plan) {
        this.redis = redis;
        this.plan = plan;
        this.engine = Engine.of(plan, registry);
        engine.start().block(PATIENCE);
    }

    /** Starts every stage of the shipped file. */
    static LiveChain start(TestRedis redis, Map<String, String> env) {
        WiringResult result = LiveStage.load(redis, env, Set.of());
        assertThat(result).as(result.render()).isInstanceOf(WiringResult.Ready.class);
        return new LiveChain(redis, ((WiringResult.Ready) result).plan().engine());
    }

    /** Waits for a fact. */
    static void until(BooleanSupplier fact) {
        await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(fact::getAsBoolean);
    }

    /** Waits until every stage has settled what there was to read, and then stops the chain: what is left can be counted. */
    void finish() {
        until(() -> plan.stages().stream()
                .map(stage -> stage.source())
                .filter(SourcePlan.FromStream.class::isInstance)
                .allMatch(source -> GroupState.isDone(redis, (SourcePlan.FromStream) source)));
        close();
    }

    /** The sum of a counter over all series that have these labels. */
    double counter(String name, String... tags) {
        return registry.get(name).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Override
    public void close() {
        assertThat(engine.drain().block(PATIENCE).inTime()).isTrue();
    }
}
