package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Consumers that nobody uses any more go, and never an entry with them. */
class IdleConsumersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestRedis redis;
    private Engine engine;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
    }

    @AfterEach
    void stopAll() {
        engine.drain().block(PATIENCE);
        redis.close();
    }

    private void start(long minIdleMs, long idleConsumerMs) {
        SourcePlan source = new SourcePlan.FromStream("in", "g", "c", 10, 100, minIdleMs, 16, Map.of());
        EnginePlan plan =
                TestOperators.plan(redis.plan(), new Policy.Keep(1000), TestOperators.copyStage(source, Map.of()));
        engine = Engine.of(new EnginePlan(plan.redis(), plan.streams(), plan.stages(), 5000, idleConsumerMs), registry);
        engine.start().block(PATIENCE);
    }

    private List<Object> consumers() {
        List<?> rows = (List<?>) redis.command("XINFO", "CONSUMERS", "in", "g");
        return rows.stream().<Object>map(row -> ((List<?>) row).get(1)).sorted().toList();
    }

    private double removed() {
        return registry.get("heatwire_consumers_removed_total").counter().count();
    }

    private void strand(String consumer) {
        redis.add("in", "n", consumer);
        redis.command("XREADGROUP", "GROUP", "g", consumer, "COUNT", "1", "STREAMS", "in", ">");
    }

    @Test
    void removesOneThatHoldsNothingAndLeavesOneThatDoes() {
        redis.command("XGROUP", "CREATECONSUMER", "in", "g", "old");
        strand("holder");
        start(600_000, 200);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(consumers()).doesNotContain("old"));
        assertThat(removed()).isEqualTo(1);
        assertThat(consumers()).contains("holder", "c");
        assertThat(redis.pending("in", "g")).as("the entry of the holder").isEqualTo(1);
    }

    @Test
    void takesOverWhatOneHoldsBeforeItGoes() {
        strand("holder");
        start(300, 200);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(consumers()).containsExactly("c"));
        assertThat(redis.entries("out")).extracting(entry -> entry.get("n")).containsExactly("holder");
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void leavesOneWhoseNameIsInUse() {
        redis.command("XGROUP", "CREATECONSUMER", "in", "g", "old");
        redis.command("XGROUP", "CREATECONSUMER", "in", "g", "leased");
        redis.command("SET", "in:consumer:g:leased", "somebody");
        start(600_000, 200);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(consumers()).doesNotContain("old"));
        assertThat(consumers()).contains("leased");
    }

    @Test
    void removesNobodyWhenItIsSwitchedOff() {
        redis.command("XGROUP", "CREATECONSUMER", "in", "g", "old");
        start(600_000, 0);
        redis.add("in", "n", "1");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).backlog()).isZero());
        assertThat(consumers()).contains("old");
    }
}
