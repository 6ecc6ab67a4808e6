package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole heat chain, killed with -9 in the middle of a loaded run and started again. */
final class KilledServiceIT {

    private static final int PLANS = 9000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String PLAN = "quantum:stream:apply.plan";
    private static final String DECISION = "quantum:stream:harvest.heat.decision";

    private static final String FEED = "for n = 1, tonumber(ARGV[1]) do redis.call('XADD', KEYS[1], '*', 'plan_id', "
            + "string.format('%016x', n), 'symbol', 'S' .. n % 7, 'action', n % 2 == 0 and 'FULL_CLOSE_PROPOSED' or 'HOLD', "
            + "'kill_score', '0.5', 'decision', 'EXECUTE', 'timestamp', '1769638200') end return 1";
    private static final String COUNT =
            "local c, n = '0', 0 repeat local r = redis.call('SCAN', c, 'MATCH', ARGV[1], 'COUNT', 10000) "
                    + "c = r[1]; n = n + #r[2] until c == '0' return n";

    @TempDir
    private Path directory;

    private LocalRedis redis;
    private RedisAccess access;

    @BeforeEach
    void startRedis() {
        redis = LocalRedis.start(RedisBinary.forTests());
        access = RedisAccess.connect(
                        new RedisPlan(redis.host(), redis.port(), 0, null, redis.password(), false, 10_000))
                .block(PATIENCE);
    }

    @AfterEach
    void stopRedis() {
        access.close().block(PATIENCE);
        redis.close();
    }

    @Test
    void decidesEveryPlanOnceAcrossKillsAndItsCountersAgreeWithRedis() throws Exception {
        command("EVAL", FEED, "1", PLAN, "" + PLANS);
        for (int kill = 1; kill <= 3; kill++) {
            long enough = kill * PLANS / 5;
            ServiceProcess victim = start();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> decisions() >= enough);
            victim.kill();
        }
        long decidedBefore = decisions();
        long keysBefore = byPlanKeys();
        assertThat(decidedBefore).as("killed in the middle").isLessThan(PLANS);

        ServiceProcess service = start().awaitReady();
        await().atMost(PATIENCE).until(() -> byPlanKeys() == PLANS);
        await().atMost(PATIENCE).until(() -> pending(PLAN, "heat_gate") + pending(DECISION, "heat_bridge") == 0);

        assertThat(decidedPlans()).hasSize(PLANS);
        assertThat(new HashSet<>(decidedPlans())).hasSize(PLANS);
        assertThat(service.counter("p26_out_messages_total")).isEqualTo(PLANS - decidedBefore);
        assertThat(service.counter("p27_in_messages_total")).isEqualTo(PLANS - keysBefore);
        assertThat(service.body("/metrics"))
                .contains("\np27_written_total{kind=\"by_plan\"} " + (PLANS - keysBefore) + "\n")
                .contains("\np27_dedupe_skips_total 0\n");
        service.process().destroy();
        service.process().waitFor();
        assertThat(service.output()).contains("handed back 0").doesNotContain("[ERROR]");
    }

    private ServiceProcess start() throws Exception {
        return ServiceProcess.start(
                redis,
                ServiceProcess.freePort(),
                directory,
                Map.of(
                        "P27_DEDUPE_TTL_SEC",
                        "3600",
                        "P27_TTL_PLAN_SEC",
                        "3600",
                        "P27_TTL_SYMBOL_SEC",
                        "3600",
                        "HEATWIRE_LOG_LEVEL",
                        "warn"));
    }

    private Object command(String name, String... args) {
        return access.command(name, args).block(PATIENCE);
    }

    private long decisions() {
        return (Long) command("XLEN", DECISION);
    }

    private long byPlanKeys() {
        return (Long) command("EVAL", COUNT, "0", "quantum:harvest:heat:by_plan:*");
    }

    private long pending(String stream, String group) {
        return (Long) ((List<?>) command("XPENDING", stream, group)).get(0);
    }

    private List<Object> decidedPlans() {
        List<?> entries = (List<?>) command("XRANGE", DECISION, "-", "+");
        return entries.stream().map(KilledServiceIT::planId).toList();
    }

    private static Object planId(Object entry) {
        List<?> fields = (List<?>) ((List<?>) entry).get(1);
        return fields.get(fields.indexOf("plan_id") + 1);
    }
}
