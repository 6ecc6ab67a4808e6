package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.health.Status;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One engine, and a Redis that goes away and comes back while entries flow. */
class UnderLoadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FEED = "for n = tonumber(ARGV[1]), tonumber(ARGV[2]) - 1 do "
            + "redis.call('XADD', KEYS[1], '*', 'n', n) end return 1";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void losesAndDoublesNothingWhenItsConnectionsAreKilledAgainAndAgain() {
        try (TestRedis redis = TestRedis.start()) {
            Engine engine = start(redis);
            for (int round = 0; round < 8; round++) {
                long before = redis.number("XLEN", "out");
                feed(redis, round * 2000, (round + 1) * 2000);
                await().atMost(PATIENCE).until(() -> redis.number("XLEN", "out") > before + 50);
                redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            }
            finish(redis, 16_000);
            assertThat(engine.health().stages().get(0).epochs()).isGreaterThanOrEqualTo(8);
            assertThat(counted("heatwire_entries_committed_total"))
                    .as("a commit whose reply was lost is settled, but nobody was told")
                    .isLessThanOrEqualTo(16_000);
            engine.drain().block(PATIENCE);
        }
    }

    @Test
    void losesAndDoublesNothingWhenRedisCrashesAndComesBack() {
        try (TestRedis redis = TestRedis.start("--appendonly", "yes", "--appendfsync", "always")) {
            Engine engine = start(redis);
            for (int round = 0; round < 4; round++) {
                feed(redis, round * 500, (round + 1) * 500);
                redis.crash();
            }
            finish(redis, 2000);
            engine.drain().block(PATIENCE);
        }
    }

    @Test
    void losesAndDoublesNothingWhenRedisFreezesWhileCommitsAreUnderWay() throws Exception {
        try (TestRedis redis = TestRedis.start()) {
            RedisPlan plan = redis.plan();
            Engine engine = start(new RedisPlan(plan.host(), plan.port(), 0, null, plan.password(), false, 500));
            for (int round = 0; round < 3; round++) {
                feed(redis, round * 3000, (round + 1) * 3000);
                long epochs = engine.health().stages().get(0).epochs();
                signal(redis, "STOP");
                // What was sent before the time-out is carried out after it, beside the next epoch.
                await().atMost(PATIENCE)
                        .until(() -> engine.health().stages().get(0).epochs() > epochs + 1);
                assertThat(engine.health().status()).isNotEqualTo(Status.OK);
                signal(redis, "CONT");
            }
            finish(redis, 9000);
            engine.drain().block(PATIENCE);
        }
    }

    private static void signal(TestRedis redis, String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(redis.server().pid()))
                .start()
                .waitFor();
    }

    private Engine start(TestRedis redis) {
        return start(redis.plan());
    }

    private Engine start(RedisPlan redis) {
        Engine engine = Engine.of(
                TestOperators.plan(
                        redis,
                        new Policy.Keep(1_000_000),
                        TestOperators.copyStage(TestOperators.source("c"), Map.of("guarded", false))),
                registry);
        engine.start().block(PATIENCE);
        return engine;
    }

    private static void feed(TestRedis redis, int from, int to) {
        redis.command("EVAL", FEED, "1", "in", "" + from, "" + to);
    }

    private static void finish(TestRedis redis, int entries) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.number("XLEN", "out")).isGreaterThanOrEqualTo(entries));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.pending("in", "g")).isZero());
        List<String> numbers =
                redis.entries("out").stream().map(entry -> entry.get("n")).toList();
        assertThat(numbers).hasSize(entries);
        assertThat(new HashSet<>(numbers)).hasSize(entries);
    }

    private double counted(String name) {
        return registry.get(name).tag("stage", "copy").counter().count();
    }
}
