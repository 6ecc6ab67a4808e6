package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import io.heatwire.ops.operators.ForeignJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with a watchdog, an operator that can be made to hang, and somebody who listens as systemd does. */
final class SystemdIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final String WIRING = """
            heatwire: 1
            redis: { host: "${REDIS_HOST}", port: "${REDIS_PORT}", password: "${REDIS_PASSWORD}", command_timeout_ms: 500 }
            streams:
              in: { key: in, external: test, pace_s: none }
              out: { key: out, keep: 100, terminal: true }
            stages:
              sleeper: { operator: sleeper, in: in, group: sleeper, consumer: one, block_ms: 100, out: { out: out } }
            http:
              - { port: "${HEATWIRE_HTTP_PORT}" }
            """;

    /** An operator that hangs, or takes a second, when the field {@code what} says so. */
    static final String SLEEPER = """
            return List.of(new OperatorSpec("sleeper", "Hangs when it is told to.", OperatorSpec.Kind.STREAM, List.of(), List.of(),
                List.of(new Output.ToStream("out", List.of(), true, "")), List.of(), List.of(), OperatorSpec.Duties.NONE,
                config -> List.of(),
                config -> (EventOperator) (event, found, nowMs) -> {
                    if ("hang".equals(event.get("what"))) {
                        try { Thread.sleep(Long.MAX_VALUE); } catch (InterruptedException end) { }
                    }
                    if ("slow".equals(event.get("what"))) {
                        try { Thread.sleep(1000); } catch (InterruptedException end) { }
                    }
                    return Outcome.nothing(List.of());
                }));
            """;

    private LocalRedis redis;
    private RedisAccess access;
    private SystemdStandIn systemd;
    private ServiceProcess service;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        systemd = SystemdStandIn.start(directory);
        redis = LocalRedis.start(RedisBinary.forTests());
        access = RedisAccess.connect(new RedisPlan(redis.host(), redis.port(), 0, null, redis.password(), false, 3000))
                .block(PATIENCE);
        Path operators = Files.createDirectory(directory.resolve("operators"));
        ForeignJar.provider(operators.resolve("sleeper.jar"), SLEEPER);
        Path wiring = Files.writeString(directory.resolve("wiring.yaml"), WIRING);
        service = ServiceProcess.start(
                redis,
                ServiceProcess.freePort(),
                directory,
                wiring,
                Map.of(
                        "NOTIFY_SOCKET", systemd.socket(),
                        "PATH", systemd.path(),
                        "WATCHDOG_USEC", "2000000",
                        "HEATWIRE_OPERATORS", operators.toString()),
                "--force");
    }

    @AfterEach
    void stop() throws Exception {
        service.kill();
        systemd.close();
        access.close().block(PATIENCE);
        redis.close();
    }

    private void add(String what) {
        access.command("XADD", "in", "*", "what", what).block(PATIENCE);
    }

    private static void signal(String name, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    @Test
    void leavesOutThePingsForAStageThatHangsAndNamesIt() throws Exception {
        systemd.awaitMore("READY=1", 0);
        systemd.awaitMore("WATCHDOG=1", 2);
        add("hang");

        await().atMost(PATIENCE)
                .until(() -> service.output().contains("stage sleeper has 1 entries in hand and has made no step"));
        long pings = systemd.times("WATCHDOG=1");
        await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> systemd.times("WATCHDOG=1") <= pings + 1);
        assertThat(service.body("/health"))
                .as("its HTTP is well and says nothing of it")
                .contains("\"stages\"");
    }

    @Test
    void pingsOnWhileRedisHangsOrIsGone() throws Exception {
        systemd.awaitMore("READY=1", 0);
        add("go on");
        signal("STOP", redis.pid());
        await().atMost(PATIENCE).until(() -> service.body("/health").contains("\"state\": \"backing_off\""));
        systemd.awaitMore("WATCHDOG=1", systemd.times("WATCHDOG=1") + 4);
        signal("CONT", redis.pid());
        signal("KILL", redis.pid());
        systemd.awaitMore("WATCHDOG=1", systemd.times("WATCHDOG=1") + 4);
        systemd.awaitMatch("STATUS=not ready: sleeper is backing_off .*");

        assertThat(service.output()).doesNotContain("has made no step");
    }

    @Test
    void pingsOnWhileRedisIsFullThoughEntriesAreInHand() throws Exception {
        systemd.awaitMore("READY=1", 0);
        add("slow");
        access.command("CONFIG", "SET", "maxmemory", "1").block(PATIENCE);
        await().atMost(PATIENCE).until(() -> service.body("/health").contains("\"waiting\": \"OOM\""));
        assertThat(service.body("/health")).contains("\"in_flight\": 1");
        systemd.awaitMore("WATCHDOG=1", systemd.times("WATCHDOG=1") + 4);

        assertThat(service.output()).doesNotContain("has made no step");
    }

    @Test
    void saysOnceThatItIsReadyAndThatItStopsBeforeItDoes() throws Exception {
        systemd.awaitMatch("STATUS=1 stage, \\d+ edges? .*, lag 0, 0 dead");
        systemd.awaitMore("WATCHDOG=1", 3);
        assertThat(systemd.times("READY=1"))
                .as("what arrived is not told again")
                .isLessThan(systemd.times("WATCHDOG=1"));
        service.process().destroy();

        assertThat(service.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(service.process().exitValue()).isZero();
        assertThat(systemd.heard())
                .containsSubsequence("READY=1", "STOPPING=1", "STATUS=draining")
                .last()
                .asString()
                .startsWith("STATUS=drained: committed ");
    }
}
