package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages of the shipped wiring in processes of their own, as heatwire@STAGE.service runs them, and the commands that ask them. */
final class OneStageUnitsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String RUNNING = "heat_gate,reconcile_close_consume,publish_plan_post";

    @TempDir
    private Path directory;

    private final Map<String, String> everywhere = new HashMap<>();
    private final Map<String, ServiceProcess> units = new HashMap<>();
    private LocalRedis redis;
    private RedisAccess access;
    private Path wiring;
    private int gate;
    private int reconcile;
    private int late;

    @BeforeEach
    void start() throws Exception {
        redis = LocalRedis.start(RedisBinary.forTests());
        access = RedisAccess.connect(new RedisPlan(redis.host(), redis.port(), 0, null, redis.password(), false, 3000))
                .blockOptional(PATIENCE)
                .orElseThrow();
        wiring = Files.copy(ServiceProcess.WIRING, directory.resolve("heatwire.yaml"));
        gate = ServiceProcess.freePort();
        reconcile = ServiceProcess.freePort();
        late = ServiceProcess.freePort();
        everywhere.put("REDIS_HOST", redis.host());
        everywhere.put("REDIS_PORT", Integer.toString(redis.port()));
        everywhere.put("REDIS_PASSWORD", redis.password());
        everywhere.put("P28_LATE_OBS_MAX_WAIT_MS", "500");
        for (String port : ServiceProcess.PORT_NAMES) {
            everywhere.put(port, Integer.toString(ServiceProcess.freePort()));
        }
        everywhere.put("HEAT_HEALTH_PORT", Integer.toString(gate));
        everywhere.put("HEATWIRE_HTTP_PORT", Integer.toString(ServiceProcess.freePort()));
        // What the units read after the variables that all have.
        shares("reconcile_close_consume", reconcile);
        shares("publish_plan_post", late);
        units.put("heat_gate", unit("heat_gate", gate, Map.of()));
        units.put(
                "reconcile_close_consume",
                unit("reconcile_close_consume", reconcile, Map.of("APPLY_METRICS_PORT", Integer.toString(reconcile))));
        units.put(
                "publish_plan_post",
                unit("publish_plan_post", late, Map.of("APPLY_METRICS_PORT", Integer.toString(late))));
        for (Map.Entry<String, ServiceProcess> unit : units.entrySet()) {
            await(unit.getKey())
                    .atMost(PATIENCE)
                    .failFast(() -> !unit.getValue().process().isAlive())
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> unit.getValue().body("/health").contains("\"state\": \"running\""));
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (ServiceProcess unit : units.values()) {
            unit.kill();
        }
        access.close().block(PATIENCE);
        redis.close();
    }

    private void shares(String stage, int port) throws IOException {
        Files.writeString(
                directory.resolve(stage + ".env"), "# for heatwire@" + stage + "\nAPPLY_METRICS_PORT=" + port);
    }

    private ServiceProcess unit(String stage, int asked, Map<String, String> own) throws IOException {
        Map<String, String> environment = new HashMap<>(everywhere);
        environment.put("HEATWIRE_HTTP_PORT", "0");
        environment.putAll(own);
        Path home = Files.createDirectory(directory.resolve(stage));
        return ServiceProcess.start(redis, asked, home, wiring, environment, "--stage", stage);
    }

    private Run heatwire(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(Run.java(), "-jar", System.getProperty("heatwire.jar")));
        command.addAll(List.of(args));
        command.addAll(List.of("--wiring", wiring.toString()));
        Run run = Run.of(command, everywhere);
        assertThat(run.output()).doesNotContain("\tat ", "Exception");
        return run;
    }

    private void add(String stream, String plan) {
        access.command("XADD", stream, "*", "plan_id", plan, "symbol", "BTCUSDT", "action", "HOLD")
                .block(PATIENCE);
    }

    @Test
    void statusAndVerifyAskEachStageWhereItRunsAndSayWhoseEngineIsGone() throws Exception {
        for (String plan : List.of("a", "b", "c")) {
            add("quantum:stream:reconcile.close", plan);
        }
        add("quantum:stream:apply.plan", "d");
        add("quantum:stream:apply.plan", "e");
        await().atMost(PATIENCE)
                .until(() -> units.get("reconcile_close_consume").counter("p28_observed_total") == 3
                        && units.get("publish_plan_post").counter("p28_observed_total") == 2);

        Run status = heatwire("status", "--stage", RUNNING);
        assertThat(status.output())
                .startsWith("ok  redis://")
                .containsPattern("heat_gate +running")
                .containsPattern("reconcile_close_consume +running")
                .containsPattern("publish_plan_post +running")
                .containsPattern("quantum:stream:reconcile.close -> reconcile_close_consume +flowing");
        assertThat(status.exitCode()).isZero();
        Run all = heatwire("status");
        assertThat(all.output())
                .startsWith("ok, and nothing is known of 3 of 6 stages  redis://")
                .containsPattern("heat_bridge +unknown ! .*no answer from 127.0.0.1:"
                        + everywhere.get("P27_HEALTH_PORT") + ": nobody listens there");
        assertThat(all.exitCode()).isEqualTo(1);

        Run verified = heatwire("verify", "--stage", RUNNING);
        assertThat(verified.output())
                .containsPattern("reconcile_close_consume +0 +3 +3\n")
                .containsPattern("publish_plan_post +0 +2 +2\n")
                .contains("when the engine of publish_plan_post began to count")
                .contains("when the engine of reconcile_close_consume began to count")
                .endsWith("stream and metrics agree\n");
        assertThat(verified.exitCode()).isZero();

        units.get("publish_plan_post").kill();
        Run oneGone = heatwire("status", "--stage", RUNNING);
        assertThat(oneGone.output())
                .containsPattern("publish_plan_post +unknown ! .*no answer from 127.0.0.1:" + late)
                .containsPattern("reconcile_close_consume +running");
        assertThat(oneGone.exitCode()).isEqualTo(1);
        Run notVerified = heatwire("verify", "--stage", RUNNING);
        assertThat(notVerified.output())
                .contains("! not compared: publish_plan_post of stage publish_plan_post: no answer from 127.0.0.1:")
                .contains("127.0.0.1:" + late + ": nobody listens there")
                .containsPattern("reconcile_close_consume +0 +3 +3\n")
                .doesNotContain("metrics agree");
        assertThat(notVerified.exitCode()).isEqualTo(1);

        units.get("reconcile_close_consume").kill();
        units.get("heat_gate").kill();
        Run noneLeft = heatwire("status");
        assertThat(noneLeft.output()).contains("heatwire: no answer from 127.0.0.1:", "is the engine running there?");
        assertThat(noneLeft.exitCode()).isEqualTo(69);
        assertThat(heatwire("verify").exitCode()).isEqualTo(69);
    }
}
