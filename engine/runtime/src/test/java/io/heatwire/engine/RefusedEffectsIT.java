package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.health.Status;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rights withdrawn in mid-run and given back, keys of another type appearing and going: nothing lost, nothing doubled. */
class RefusedEffectsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestRedis redis;
    private Engine engine;

    @BeforeEach
    void startAsAUserOfItsOwn() {
        redis = TestRedis.start();
        redis.command("ACL", "SETUSER", "worker", "on", ">secret", "~*", "+@all");
        RedisPlan server = redis.plan();
        RedisPlan worker = new RedisPlan(server.host(), server.port(), 0, "worker", "secret", false, 3000);
        SourcePlan source = new SourcePlan.FromStream("in", "g", "c", 10, 100, 30_000, 3, Map.of());
        engine = Engine.of(
                TestOperators.plan(
                        worker, new Policy.Keep(1_000_000), TestOperators.copyStage(source, Map.of("guarded", true))),
                registry);
        engine.start().block(PATIENCE);
    }

    @AfterEach
    void stopAll() {
        engine.drain().block(PATIENCE);
        redis.close();
    }

    private void feed(int from, int to) {
        IntStream.range(from, to).forEach(n -> redis.add("in", "n", "" + n, "symbol", "S", "ts", "" + n));
    }

    private StageHealth health() {
        return engine.health().stages().get(0);
    }

    private double count(String name) {
        return registry.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private void appliedOnceInOrder(int entries) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health().committed()).isEqualTo(entries));
        assertThat(redis.entries("out"))
                .extracting(entry -> entry.get("n"))
                .isEqualTo(IntStream.range(0, entries).mapToObj(String::valueOf).toList());
        assertThat(redis.hash("by_id:" + (entries - 1))).containsEntry("n", "" + (entries - 1));
        assertThat(redis.hash("latest:S")).containsEntry("n", "" + (entries - 1));
        assertThat(redis.pending("in", "g")).isZero();
        assertThat(redis.number("EXISTS", "in:dead:copy")).isZero();
        assertThat(count("heatwire_entries_lost_total")).isZero();
        assertThat(count("heatwire_entries_duplicate_total")).isZero();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.health().status()).isEqualTo(Status.OK));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-xadd",
                "-hset -xadd",
                "-hset -xrange",
                "-pexpire -xrange",
                "-set -xrange -xadd",
                "-hlen",
                "-xlen",
                "-xack",
                "-evalsha",
                "-hmget"
            })
    void holdsWhatItMayNotDoAndDoesItWhenItMay(String withdrawn) {
        feed(0, 15);
        appliedOnceInOrder(15);
        long epochs = health().epochs();
        redis.command("ACL", "SETUSER", "worker", withdrawn.split(" ")[0]);
        for (String right : withdrawn.split(" ")) {
            redis.command("ACL", "SETUSER", "worker", right);
        }
        feed(15, 40);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health().epochs()).isGreaterThan(epochs + 4));
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(engine.health().status()).isEqualTo(Status.ERROR);
            assertThat(health().error()).containsPattern("can't run this command|permission");
        });
        redis.command("ACL", "SETUSER", "worker", "+@all");
        appliedOnceInOrder(40);
    }

    @Test
    void waitsWhileAKeyOfAnotherTypeIsInThePlaceOfItsStreams() {
        feed(0, 15);
        appliedOnceInOrder(15);
        for (String key : List.of("out", "in:dead:copy", "in:offset:g")) {
            boolean isThere = redis.number("EXISTS", key) == 1;
            if (isThere) {
                redis.command("RENAME", key, "aside");
            }
            redis.command("SET", key, "in the way");
            int from = (int) health().committed();
            feed(from, from + 5);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(health().waiting()).isEqualTo("BADKEY"));
            redis.command("DEL", key);
            if (isThere) {
                redis.command("RENAME", "aside", key);
            }
            appliedOnceInOrder(from + 5);
        }
    }
}
