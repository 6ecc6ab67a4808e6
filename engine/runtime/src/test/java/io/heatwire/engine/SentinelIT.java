package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.heatwire.engine.health.Status;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SentinelPlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import io.heatwire.localredis.SentinelRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stage under load while sentinels move the primary: what survives has its effects exactly once. */
class SentinelIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private SentinelRedis redis;
    private Engine engine;

    @BeforeAll
    static void watchForBlockingCalls() {
        NoBlocking.install();
    }

    @BeforeEach
    void start() {
        redis = SentinelRedis.start(RedisBinary.forTests());
    }

    @AfterEach
    void stop() {
        if (engine != null) {
            engine.drain().block(PATIENCE);
        }
        redis.close();
    }

    @Test
    void followsThePrimaryWhenTheSentinelsSwapTheRoles() throws Exception {
        Load load = new Load(redis);
        start(plan(redis.sentinelPassword()));
        load.awaitSent(2000);
        // Each time: at the end the roles are as they were at the start.
        for (int swap = 0; swap < 2; swap++) {
            redis.failOver();
            load.awaitMoreSent(2000);
            comesOutAtThePrimary(1000);
        }
        load.stop();
        assertThat(settled()).as("nothing was lost when both servers were up").isGreaterThan(6000);
    }

    @Test
    void goesOnWithWhatSurvivedWhenThePrimaryIsKilled() throws Exception {
        Load load = new Load(redis);
        start(plan(redis.sentinelPassword()));
        load.awaitSent(2000);
        redis.killPrimary();
        load.awaitMoreSent(2000);
        load.stop();
        settled();
    }

    @Test
    void goesOnWithWhatSurvivedWhenTheReplicaLaggedFarBehind() throws Exception {
        Load load = new Load(redis);
        start(plan(redis.sentinelPassword()));
        load.awaitSent(2000);
        redis.leaveReplicaBehind();
        load.awaitMoreSent(2000);
        LocalRedis dead = redis.killPrimary();
        load.awaitMoreSent(2000);
        load.stop();
        long survived = settled();
        assertThat(load.sent() - survived).as("the suffix is lost").isGreaterThanOrEqualTo(2000);
        assertThat(redis.primary()).isNotSameAs(dead);
    }

    @Test
    void saysWhichPasswordIsWrongAndShowsNone() {
        try (LogLines log = LogLines.open()) {
            Engine refused = engine(plan("not-the-password-of-the-sentinels"));
            refused.start().subscribe();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(refused.health().stages().get(0).error())
                                    .contains("WRONGPASS", "sentinels if it is they that refuse"));
            assertThat(refused.health().status()).isEqualTo(Status.ERROR);
            assertThat(refused.health().toString()).doesNotContain("not-the-password", redis.password());
            assertThat(log.from(Level.TRACE))
                    .noneMatch(line -> line.contains("not-the-password") || line.contains(redis.password()));
            assertThat(log.traces()).isEmpty();
            refused.drain().block(PATIENCE);
        }
    }

    @Test
    void saysThatTheSentinelsKnowNoPrimaryOfThisName() {
        List<SentinelPlan.Node> nodes = nodes();
        Engine refused = engine(new RedisPlan(
                "",
                0,
                0,
                null,
                redis.password(),
                null,
                new SentinelPlan("nobody", nodes, null, redis.sentinelPassword()),
                2000));
        refused.start().subscribe();
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(refused.health().stages().get(0).error()).contains("check redis.sentinel.master"));
        refused.drain().block(PATIENCE);
    }

    private void start(RedisPlan plan) {
        engine = engine(plan);
        engine.start().block(PATIENCE);
    }

    private static Engine engine(RedisPlan plan) {
        return Engine.of(
                TestOperators.plan(
                        plan,
                        new Policy.Keep(1_000_000),
                        TestOperators.copyStage(TestOperators.source("c"), Map.of("guarded", false))),
                new SimpleMeterRegistry());
    }

    private RedisPlan plan(String sentinelPassword) {
        return new RedisPlan(
                "",
                0,
                0,
                null,
                redis.password(),
                null,
                new SentinelPlan(SentinelRedis.MASTER, nodes(), null, sentinelPassword),
                2000);
    }

    private List<SentinelPlan.Node> nodes() {
        return redis.nodes().stream()
                .map(node ->
                        new SentinelPlan.Node("127.0.0.1", Integer.parseInt(node.substring(node.indexOf(':') + 1))))
                .toList();
    }

    private void comesOutAtThePrimary(long more) {
        RedisAccess access = RedisAccess.connect(direct(redis)).block(PATIENCE);
        try {
            long before = length(access, "out");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(length(access, "out")).isGreaterThan(before + more));
        } finally {
            access.close().block(PATIENCE);
        }
    }

    private static long length(RedisAccess access, String stream) {
        return (Long) access.command("XLEN", stream).block(PATIENCE);
    }

    /** Waits until all is settled, checks that every surviving entry has come out once, and returns how many these are. */
    private long settled() {
        RedisPlan direct = direct(redis);
        RedisAccess access = RedisAccess.connect(direct).block(PATIENCE);
        try {
            await().atMost(PATIENCE).untilAsserted(() -> {
                List<?> groups =
                        (List<?>) access.command("XINFO", "GROUPS", "in").block(PATIENCE);
                assertThat(groups).hasSize(1);
                List<?> group = (List<?>) groups.get(0);
                assertThat(group.get(group.indexOf("pending") + 1)).isEqualTo(0L);
                Object last = ((List<?>) ((List<?>) access.command("XREVRANGE", "in", "+", "-", "COUNT", "1")
                                        .block(PATIENCE))
                                .get(0))
                        .get(0);
                assertThat(group.get(group.indexOf("last-delivered-id") + 1)).isEqualTo(last);
            });
            List<String> in = numbers(access, "in");
            assertThat(numbers(access, "out")).containsExactlyInAnyOrderElementsOf(in);
            return in.size();
        } finally {
            access.close().block(PATIENCE);
        }
    }

    private static List<String> numbers(RedisAccess access, String stream) {
        List<?> entries = (List<?>) access.command("XRANGE", stream, "-", "+").block(PATIENCE);
        return entries.stream()
                .map(entry -> (List<?>) ((List<?>) entry).get(1))
                .map(fields -> (String) fields.get(fields.indexOf("n") + 1))
                .toList();
    }

    private static RedisPlan direct(SentinelRedis redis) {
        LocalRedis primary = redis.primary();
        return new RedisPlan(primary.host(), primary.port(), 0, null, primary.password(), false, 2000);
    }

    /** A producer that never sends a number twice, whatever becomes of it. */
    private static final class Load {

        private static final String FEED = "for n = tonumber(ARGV[1]), tonumber(ARGV[2]) - 1 do "
                + "redis.call('XADD', KEYS[1], '*', 'n', n) end return 1";
        private static final int PORTION = 20;

        private final SentinelRedis redis;
        private final AtomicBoolean running = new AtomicBoolean(true);
        private final Thread thread = new Thread(this::run, "load");
        private int next;
        private volatile int sent;

        Load(SentinelRedis redis) {
            this.redis = redis;
            thread.setDaemon(true);
            thread.start();
        }

        private void run() {
            while (running.get()) {
                try {
                    RedisAccess access = RedisAccess.connect(direct(redis)).block(PATIENCE);
                    try {
                        while (running.get()) {
                            int from = next;
                            next += PORTION;
                            access.command("EVAL", FEED, "1", "in", "" + from, "" + next)
                                    .block(PATIENCE);
                            sent += PORTION;
                        }
                    } finally {
                        access.close().block(PATIENCE);
                    }
                } catch (LinkException | IllegalStateException moved) {
                    LockSupport.parkNanos(50_000_000);
                }
            }
        }

        int sent() {
            return sent;
        }

        void awaitSent(int numbers) {
            await().atMost(PATIENCE).until(() -> sent >= numbers);
        }

        void awaitMoreSent(int numbers) {
            awaitSent(sent + numbers);
        }

        void stop() throws InterruptedException {
            running.set(false);
            thread.join();
        }
    }
}
