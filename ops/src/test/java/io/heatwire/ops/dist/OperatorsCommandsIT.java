package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type at the existing services, unchanged, at a running engine: a real redis-cli, curl, awk and grep. */
final class OperatorsCommandsIT {

    private static final Path SCRIPT = Path.of("src/test/resources/io/heatwire/ops/dist/operators-commands.sh")
            .toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> PORT_NAMES = List.of("APPLY_METRICS_PORT", "P26_METRICS_PORT", "P27_HEALTH_PORT");
    private static final List<String> USUAL_PORTS = List.of("8043", "8056", "8071");

    private static LocalRedis redis;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startRedis() {
        redis = LocalRedis.start(RedisBinary.forTests());
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    private static Optional<Path> tool(String name, String fetched) {
        return Stream.concat(
                        Stream.of(Path.of("../.tools", fetched, name)),
                        Stream.of(System.getenv("PATH").split(":")).map(each -> Path.of(each, name)))
                .filter(Files::isExecutable)
                .map(Path::toAbsolutePath)
                .findFirst();
    }

    /** A command of this name that is the real one with these arguments in front. */
    private void wrap(String name, Path real, String arguments) throws IOException {
        Path wrapper = Files.writeString(
                directory.resolve("bin").resolve(name), "#!/bin/sh\nexec " + real + " " + arguments + " \"$@\"\n");
        assertThat(wrapper.toFile().setExecutable(true)).isTrue();
    }

    private Run shell(String... command) throws IOException, InterruptedException {
        return Run.of(
                List.of(command),
                Map.of(
                        "PATH",
                        directory.resolve("bin") + ":" + System.getenv("PATH"),
                        "REDISCLI_AUTH",
                        redis.password()));
    }

    private String redis(String command) throws IOException, InterruptedException {
        return shell("sh", "-c", "redis-cli " + command).output().strip();
    }

    private static String section(String output, String name) {
        int from = output.indexOf("== " + name + "\n") + name.length() + 4;
        return output.substring(from, output.indexOf("==", from)).strip();
    }

    @Test
    void theCommandsOfTheExistingServicesSayWhatTheyAlwaysSaid() throws Exception {
        Optional<Path> redisCli = tool("redis-cli", "redis-tools");
        Optional<Path> curl = tool("curl", "curl");
        assumeTrue(
                redisCli.isPresent() && curl.isPresent(),
                "SKIPPED: no redis-cli or no curl; .ci/tools.d/redis-tools fetches redis-cli, curl comes with the system");
        Files.createDirectory(directory.resolve("bin"));
        Map<String, String> environment = new HashMap<>(
                Map.of("APPLY_POLL_SEC", "1", "P28_LATE_OBS_MAX_WAIT_MS", "700", "HEATWIRE_LOG_LEVEL", "warn"));
        StringBuilder connectTo = new StringBuilder();
        for (int i = 0; i < PORT_NAMES.size(); i++) {
            String port = Integer.toString(ServiceProcess.freePort());
            environment.put(PORT_NAMES.get(i), port);
            connectTo.append(" --connect-to localhost:" + USUAL_PORTS.get(i) + ":127.0.0.1:" + port);
        }
        wrap("redis-cli", redisCli.orElseThrow(), "--no-auth-warning -p " + redis.port());
        wrap("curl", curl.orElseThrow(), connectTo.toString());

        int everything = ServiceProcess.freePort();
        ServiceProcess service = ServiceProcess.start(redis, everything, directory, environment);
        try {
            service.awaitReady();
            redis("SET quantum:dedupe:p27:never 1");
            redis("XADD quantum:stream:apply.plan '*' plan_id first symbol BTCUSDT action HOLD");
            redis("XADD quantum:stream:apply.plan '*' plan_id second symbol ETHUSDT action HOLD");
            redis("XADD quantum:stream:apply.plan '*' plan_id never symbol ETHUSDT action HOLD");
            redis("XADD quantum:stream:reconcile.close '*' plan_id closed symbol ETHUSDT");
            redis("HSET quantum:harvest:proposal:BTCUSDT harvest_action FULL_CLOSE_PROPOSED kill_score 0.35"
                    + " last_update_epoch 1769638190 computed_at_utc 2026-01-28T22:09:50.123456");
            await().atMost(PATIENCE).until(() -> service.counter("p28_observed_total") == 6);

            String said = shell("bash", SCRIPT.toString()).output();
            // awk joins the two parts of its key with an invisible character.
            assertThat(section(said, "coverage by point").replace('\u001c', ' '))
                    .isEqualTo("""
                            create_apply_plan 0 1
                            publish_plan_post 0 1
                            publish_plan_post 1 3
                            reconcile_close_consume 0 1""");
            assertThat(section(said, "reasons").lines())
                    .containsExactlyInAnyOrder(
                            "p28_heat_reason_total{obs_point=\"publish_plan_post\",reason=\"timeout\"} 1",
                            "p28_heat_reason_total{obs_point=\"publish_plan_post\",reason=\"redis_error\"} 0");
            assertThat(section(said, "dropped")).isEqualTo("p28_late_obs_dropped_total 0");
            assertThat(section(said, "late observations")).isEqualTo("4");
            assertThat(section(said, "observed").lines())
                    .contains(
                            "p28_observed_total{heat_found=\"0\",obs_point=\"create_apply_plan\"} 1",
                            "p28_observed_total{heat_found=\"1\",obs_point=\"publish_plan_post\"} 3");
            assertThat(section(said, "keys of plans")).isEqualTo("3");
            // Through a pipe redis-cli writes no colons: there the documents' own words find nothing at any server.
            assertThat(section(said, "lag, on a terminal")).isEmpty();
            assertThat(section(said, "lag")).isEqualTo("name\nheat_bridge\n--\nlag\n0");
            assertThat(section(said, "portfolio heat gate"))
                    .contains("p26_proposals_processed_total 0", "p26_enforce_mode 0");
            assertThat(section(said, "health of the bridge"))
                    .startsWith("{\"status\": \"ok\", \"last_ts_epoch\": ")
                    .contains("\"backlog\": 0");
            assertThat(section(said, "redis"))
                    .contains("PONG", "rejected_connections:0", "connected_clients:", "maxclients");

            environment.putAll(Map.of(
                    "REDIS_HOST",
                    redis.host(),
                    "REDIS_PORT",
                    Integer.toString(redis.port()),
                    "REDIS_PASSWORD",
                    redis.password(),
                    "HEAT_METRICS_PORT",
                    "0",
                    "HEAT_HEALTH_PORT",
                    "0",
                    "P27_METRICS_PORT",
                    "0",
                    "HEATWIRE_HTTP_PORT",
                    Integer.toString(everything)));
            Run proof = Run.of(
                    List.of(
                            Run.java(),
                            "-jar",
                            System.getProperty("heatwire.jar"),
                            "proof",
                            "--wiring",
                            ServiceProcess.WIRING.toString(),
                            "--stage",
                            "heat_gate,publish_plan_post"),
                    environment);
            assertThat(proof.output()).contains(" passed, 1 left out").doesNotContain("FAIL", "left behind", "\tat ");
            assertThat(proof.exitCode()).isZero();
        } finally {
            service.kill();
        }
    }
}
