package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.ops.service.Service;
import io.heatwire.ops.service.StartRefusedException;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The look at the running Redis at the command line and at a start. */
final class LiveCommandIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WIRING = """
            heatwire: 1
            redis: { host: "${REDIS_HOST}", port: "${REDIS_PORT}", password: "${REDIS_PASSWORD:-}" }
            streams:
              close: { key: reconcile.close.v1, external: a reconcile engine, pace_s: 60 }
              observed: { key: heat.observed, keep: 1000, terminal: true }
            lookups:
              by_plan: { key: "heat:by_plan:{plan_id}", type: hash, external: a heat bridge }
              seen: { key: "seen:{obs_point}:{plan_id}", type: marker }
            stages:
              observer:
                operator: heat_observer
                in: close
                out: { observed: observed }
                keys: { by_plan: by_plan, dedupe: seen }
                settings: { obs_point: here }
            http:
              - { host: 127.0.0.1, port: 18099, serve: [health] }
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private LocalRedis redis;
    private RedisAccess access;

    @TempDir
    private Path directory;

    private Path wiring;

    @BeforeEach
    void start() throws Exception {
        redis = LocalRedis.start(RedisBinary.forTests(), "--appendonly", "yes");
        access = RedisAccess.connect(new RedisPlan(redis.host(), redis.port(), 0, null, redis.password(), false, 3000))
                .block(PATIENCE);
        wiring = Files.writeString(directory.resolve("wiring.yaml"), WIRING.replace("18099", "0"));
    }

    @AfterEach
    void stop() {
        access.close().block(PATIENCE);
        redis.close();
        assertThat(out + err.toString()).doesNotContain("\tat ", "Exception");
    }

    @Test
    void saysALineForEachPartWithExit0() {
        add("reconcile.close.v1");

        assertThat(run("check", wiring.toString(), "--live")).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines()).hasSize(9).last().asString().endsWith("ok, 1 stages, 0 http listeners");
        assertThat(out.toString()).contains("ok       groups    0/1", "ok       rights    user default: ");
    }

    @Test
    void showsAFindingAtItsPlaceWithExit78AndInJson() {
        add("reconcile.close");

        assertThat(run("check", wiring.toString(), "--live")).isEqualTo(78);
        assertThat(err.toString())
                .contains("wiring.yaml:4:17: L002 ", "did you mean reconcile.close (", "4 |   close: {");
        assertThat(out.toString()).contains("error    liveness  ").doesNotContain(": ok,");
        out.getBuffer().setLength(0);
        assertThat(run("check", wiring.toString(), "--live", "--format", "json"))
                .isEqualTo(78);
        JsonObject report = JsonParser.parseString(out.toString()).getAsJsonObject();
        assertThat(report.get("ok").getAsBoolean()).isFalse();
        assertThat(report.get("live").getAsJsonArray()).hasSize(8);
    }

    @Test
    void endsWith69AndOneLineWhenRedisCannotBeReached() {
        redis.kill();

        assertThat(run("check", wiring.toString(), "--live")).isEqualTo(69);
        assertThat(err.toString())
                .startsWith("heatwire: no answer from redis://")
                .hasLineCount(1);
    }

    @Test
    void refusesATimeThatIsNone() {
        assertThat(run("check", wiring.toString(), "--live", "--timeout", "0")).isEqualTo(64);
    }

    @Test
    void printsTheUser() {
        assertThat(run("acl", "--wiring", wiring.toString(), "--user", "me")).isZero();
        assertThat(out.toString())
                .startsWith("ACL SETUSER me reset on >PASSWORD ~")
                .contains(" ~heat:by_plan:* ", " ~reconcile.close.v1:dead:observer ", " +xreadgroup ")
                .hasLineCount(1);
    }

    @Test
    void aStartIsRefusedUnlessItIsForcedAndThenTheHealthTells() {
        add("reconcile.close");

        Service refused = Service.open(ready(), false).block(PATIENCE);
        try {
            assertThatThrownBy(() -> refused.start().block(PATIENCE))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("L002");
            assertThat(refused.health().ready()).isFalse();
        } finally {
            refused.stop().block(PATIENCE);
        }
        Service forced = Service.open(ready(), true).block(PATIENCE);
        try {
            forced.start().block(PATIENCE);
            assertThat(forced.health().forced()).containsExactly("L002");
        } finally {
            forced.stop().block(PATIENCE);
        }
    }

    @Test
    void runEndsWith78WhenTheRunningRedisIsNotAsTheFileSays() {
        access.command("SET", "heat.observed", "a string").block(PATIENCE);

        assertThat(run("run", "--wiring", wiring.toString())).isEqualTo(78);
        assertThat(err.toString()).contains("the start is refused", "wiring.yaml:5:", "L001", "--force");
    }

    private void add(String stream) {
        access.command("XADD", stream, "*", "plan_id", "1", "symbol", "BTCUSDT", "decision", "x")
                .block(PATIENCE);
    }

    private WiringResult.Ready ready() {
        WiringResult result = Wiring.load(wiring, environment(), OperatorCatalog.all());
        assertThat(result).as(result.render()).isInstanceOf(WiringResult.Ready.class);
        return (WiringResult.Ready) result;
    }

    private Map<String, String> environment() {
        return Map.of(
                "REDIS_HOST",
                redis.host(),
                "REDIS_PORT",
                Integer.toString(redis.port()),
                "REDIS_PASSWORD",
                redis.password());
    }

    private int run(String... args) {
        return Main.run(
                new Console(new PrintWriter(out, true), new PrintWriter(err, true), environment(), new StopRequest()),
                args);
    }
}
