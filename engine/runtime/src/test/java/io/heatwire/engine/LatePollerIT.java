package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LatePollerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestRedis redis;
    private Engine engine;

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

    private void start(Map<String, Object> settings) {
        start(settings, 30_000);
    }

    private void start(Map<String, Object> settings, long minIdleMs) {
        SourcePlan source = new SourcePlan.FromStream("in", "late", "c", 100, 200, minIdleMs, 16, Map.of());
        engine = Engine.of(
                TestOperators.plan(redis.plan(), new Policy.Keep(1000), TestOperators.lateStage(source, settings)),
                registry);
        engine.start().block(PATIENCE);
    }

    private Map<String, String> ends() {
        return redis.entries("observed").stream()
                .collect(Collectors.toMap(entry -> entry.get("n"), entry -> entry.get("end")));
    }

    private double count(String end) {
        return registry.get("test_ends_total").tag("end", end).counter().count();
    }

    private void await(Runnable assertion) {
        org.awaitility.Awaitility.await().atMost(PATIENCE).untilAsserted(assertion::run);
    }

    @Test
    void seesAKeyThatIsThereAKeyThatComesAndAKeyThatNeverComes() {
        redis.command("HSET", "by_id:1", "n", "1");
        start(Map.of("max_wait_ms", 1500L));
        redis.add("in", "n", "1");
        redis.add("in", "n", "2");
        redis.add("in", "n", "3");
        await(() -> assertThat(ends()).containsEntry("1", "FOUND"));
        redis.command("HSET", "by_id:2", "n", "2");
        await(() -> assertThat(ends()).isEqualTo(Map.of("1", "FOUND", "2", "FOUND", "3", "TIMEOUT")));
        assertThat(redis.pending("in", "late")).isZero();
        assertThat(count("FOUND")).isEqualTo(2);
        assertThat(count("TIMEOUT")).isEqualTo(1);
    }

    @Test
    void dropsAndCountsAtOnceWhatFindsNoPlace() {
        for (int n = 0; n < 50; n++) {
            redis.add("in", "n", "" + n);
        }
        start(Map.of("max_inflight", 20L, "max_wait_ms", 60_000L));
        await(() -> assertThat(count("DROPPED")).isEqualTo(30));
        assertThat(redis.pending("in", "late")).isEqualTo(20);
        assertThat(registry.get("heatwire_entries_dropped_total").counter().count())
                .isEqualTo(30);
        for (int n = 0; n < 50; n++) {
            redis.command("HSET", "by_id:" + n, "n", "" + n);
        }
        await(() -> assertThat(count("FOUND")).isEqualTo(20));
        assertThat(redis.pending("in", "late")).isZero();
        redis.add("in", "n", "49");
        await(() -> assertThat(count("FOUND")).isEqualTo(21));
    }

    @Test
    void takesUpWaitingEventsAfterARestartAndCountsTheirDeadlineFromTheirOwnId() {
        start(Map.of("max_wait_ms", 60_000L));
        redis.add("in", "n", "1");
        redis.add("in", "n", "2");
        await(() -> assertThat(redis.pending("in", "late")).isEqualTo(2));
        redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        redis.command("HSET", "by_id:1", "n", "1");
        await(() -> assertThat(ends()).isEqualTo(Map.of("1", "FOUND")));
        // A second engine under the same name, as after a crash; event 2 is older than its whole wait by now.
        Engine crashed = engine;
        redis.command("DEL", "in:consumer:late:c");
        registry = new SimpleMeterRegistry();
        start(Map.of("max_wait_ms", 1L));
        await(() -> assertThat(ends()).isEqualTo(Map.of("1", "FOUND", "2", "TIMEOUT")));
        assertThat(redis.pending("in", "late")).isZero();
        redis.command("DEL", "in");
        crashed.drain().block(PATIENCE);
    }

    @Test
    void decidesARepeatOnlyOnceAndWithoutWaiting() {
        redis.command("HSET", "by_id:1", "n", "1");
        start(Map.of());
        redis.add("in", "n", "1");
        await(() -> assertThat(ends()).hasSize(1));
        redis.add("in", "n", "1");
        await(() -> assertThat(engine.health().stages().get(0).committed()).isEqualTo(2));
        assertThat(redis.entries("observed")).hasSize(1);
        assertThat(redis.pending("in", "late")).isZero();
    }

    @Test
    void saysThatRedisFailedWhenItCouldNotLookBeforeTheDeadline() {
        start(Map.of("max_wait_ms", 700L));
        redis.command("ACL", "SETUSER", "default", "-hgetall");
        redis.add("in", "n", "1");
        await(() -> assertThat(ends()).isEqualTo(Map.of("1", "REDIS_ERROR")));
        redis.command("ACL", "SETUSER", "default", "+hgetall");
        redis.command("HSET", "by_id:2", "n", "2");
        redis.add("in", "n", "2");
        await(() -> assertThat(ends()).containsEntry("2", "FOUND"));
    }

    @Test
    void endsAWaitOverAnUnusableKeyAtOnce() {
        redis.command("SET", "by_id:1", "not a hash");
        start(Map.of("max_wait_ms", 60_000L));
        redis.add("in", "n", "1");
        await(() -> assertThat(ends()).isEqualTo(Map.of("1", "FOUND")));
        assertThat(List.of(redis.entries("observed"))).hasSize(1);
    }

    @Test
    void losesNoWaitingEventWhenTheGroupIsDestroyed() {
        start(Map.of("max_wait_ms", 60_000L));
        redis.add("in", "n", "1");
        redis.add("in", "n", "2");
        redis.command("HSET", "by_id:2", "n", "2");
        await(() -> assertThat(ends()).isEqualTo(Map.of("2", "FOUND")));
        redis.command("XGROUP", "DESTROY", "in", "late");
        await(() -> assertThat(engine.health().stages().get(0).epochs()).isGreaterThan(1));
        redis.command("HSET", "by_id:1", "n", "1");
        await(() -> assertThat(ends()).isEqualTo(Map.of("1", "FOUND", "2", "FOUND")));
        assertThat(redis.entries("observed")).hasSize(2);
    }

    @Test
    void buriesAnEventTheOperatorCannotEvenAskAbout() {
        redis.command("HSET", "by_id:1", "n", "1");
        start(Map.of());
        redis.add("in", "n", "poison");
        redis.add("in", "n", "1");
        await(() -> assertThat(ends()).isEqualTo(Map.of("1", "FOUND")));
        assertThat(redis.entries("in:dead:late")).hasSize(1);
        assertThat(engine.health().stages().get(0).epochs()).isEqualTo(1);
    }

    @Test
    void takesOverWhatADeadConsumerLeftBehindAThousandThatWait() {
        start(Map.of("max_wait_ms", 60_000L, "max_inflight", 2000L), 300);
        String feed = "for n = 1, 1100 do redis.call('XADD', KEYS[1], '*', 'n', 'w' .. n) end return 1";
        redis.command("EVAL", feed, "1", "in");
        await(() -> assertThat(redis.pending("in", "late")).isEqualTo(1100));
        redis.command("HSET", "by_id:1", "n", "1");
        String strand = "redis.call('XADD', KEYS[1], '*', 'n', '1') "
                + "return #redis.call('XREADGROUP', 'GROUP', 'late', 'dead', 'COUNT', 5, 'STREAMS', KEYS[1], '>')";
        redis.command("EVAL", strand, "1", "in");
        await(() -> assertThat(ends()).isEqualTo(Map.of("1", "FOUND")));
        assertThat(registry.get("heatwire_entries_reclaimed_total").counter().count())
                .isEqualTo(1);
    }
}
