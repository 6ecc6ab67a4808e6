package io.heatwire.wiring.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.Engine;
import io.heatwire.engine.EngineAt;
import io.heatwire.engine.TestRedis;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.operators.world.OperatorWorld;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** One stage of the wiring that ships, running on a real Redis at the time of a recorded case. */
final class LiveStage implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Path SHIPPED = Path.of("../ops/etc/heatwire.yaml");
    private static final Duration LOOK = Duration.ofMillis(3);
    private static final long DRAIN_MS = 300;
    private static final Pattern OF_THE_FILE = Pattern.compile(
            ".*_(PORT|POLL_MS|POLL_SEC|BATCH|GROUP|CONSUMER|STREAM_IN|STREAM_OUT|STREAM|PREFIX)|P28_LATE_.*");

    private final TestRedis redis;
    private final StagePlan stage;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Engine engine;
    private boolean drained;

    private LiveStage(TestRedis redis, EnginePlan plan, LongSupplier nowMs) {
        this.redis = redis;
        this.stage = plan.stages().get(0);
        this.engine = EngineAt.of(plan, registry, nowMs);
        engine.start().block(PATIENCE);
    }

    /** What comes of loading this stage of the shipped file in the environment of a case. */
    static WiringResult load(TestRedis redis, Map<String, String> env, String stage) {
        return load(redis, env, Set.of(stage));
    }

    /** The same for several stages; all of them for none. */
    static WiringResult load(TestRedis redis, Map<String, String> env, Set<String> stages) {
        Map<String, String> environment = new HashMap<>(env);
        environment.put("REDIS_HOST", redis.server().host());
        environment.put("REDIS_PORT", Integer.toString(redis.server().port()));
        environment.put("REDIS_PASSWORD", redis.server().password());
        return Wiring.load(SHIPPED, environment, OperatorCatalog.all(), stages);
    }

    /**
     * Whether the shipped file itself, not an operator, refuses what a case asks for: it bounds ports, polls and batches, and keeps
     * streams apart, where the reference takes anything.
     */
    static boolean isBeyondTheFile(TestRedis redis, Map<String, String> env, String stage) {
        return env.keySet().stream().anyMatch(OF_THE_FILE.asMatchPredicate())
                && load(redis, env, stage) instanceof WiringResult.Refused;
    }

    /** The plan of that stage alone; a stop does not wait for what cannot be committed. */
    static EnginePlan plan(WiringResult result) {
        assertThat(result).as(result.render()).isInstanceOf(WiringResult.Ready.class);
        EnginePlan plan = ((WiringResult.Ready) result).plan().engine();
        assertThat(plan.stages()).hasSize(1);
        return new EnginePlan(plan.redis(), plan.streams(), plan.stages(), DRAIN_MS);
    }

    /** Starts it. */
    static LiveStage start(TestRedis redis, EnginePlan plan, LongSupplier nowMs) {
        return new LiveStage(redis, plan, nowMs);
    }

    /** Waits until this many entries are settled, then that none is pending and none is left to read. */
    void settles(long entries) {
        turns();
        reaches(entries);
        assertThat(health().committed()).isEqualTo(entries);
        Map<String, Object> group = GroupState.of(redis, (SourcePlan.FromStream) stage.source());
        assertThat(group).containsEntry("pending", 0L);
        if (group.get("lag") != null) {
            assertThat(group).containsEntry("lag", 0L);
        }
    }

    /** Waits until at least this many entries are settled. */
    void reaches(long entries) {
        await().pollInterval(LOOK).atMost(PATIENCE).until(() -> health().committed() >= entries);
    }

    /** Waits until the stage has read, or gone through its items, once; or cannot. */
    void turns() {
        await().pollInterval(LOOK)
                .atMost(PATIENCE)
                .until(() ->
                        health().lastLoopEpochS() > 0 || !health().waiting().isEmpty());
    }

    /** Waits until the commit waits for this. */
    void waitsFor(String cause) {
        await().pollInterval(LOOK)
                .atMost(PATIENCE)
                .until(() -> health().waiting().equals(cause));
    }

    StageHealth health() {
        return engine.health().stages().get(0);
    }

    /** What is in Redis and on the meters after the stage has stopped. */
    OperatorWorld world(Long... moreTtlsMs) {
        close();
        return new RedisWorld(redis, stage, List.of(moreTtlsMs)).read(registry);
    }

    @Override
    public void close() {
        if (!drained) {
            drained = true;
            engine.drain().block(PATIENCE);
        }
    }
}
