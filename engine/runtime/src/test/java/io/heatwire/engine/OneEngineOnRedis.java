package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of one engine on a Redis of its own begin and end with. */
abstract class OneEngineOnRedis {

    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final Policy KEEP = new Policy.Keep(1_000_000);

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    TestRedis redis;
    Engine engine;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
    }

    @AfterEach
    void stopAll() {
        if (engine != null) {
            engine.drain().block(PATIENCE);
        }
        redis.close();
    }

    /** Starts an engine that bounds its outputs so. */
    void start(Policy out, StagePlan... stages) {
        EnginePlan plan = TestOperators.plan(redis.plan(), out, stages);
        engine = Engine.of(plan, registry);
        engine.start().block(PATIENCE);
    }

    void feed(int from, int to) {
        IntStream.range(from, to).forEach(n -> redis.add("in", "n", "" + n, "symbol", "S" + n % 3, "ts", "" + n));
    }

    double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    /** Waits until the first stage has settled this many. */
    void settled(long entries) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).committed()).isEqualTo(entries));
    }
}
