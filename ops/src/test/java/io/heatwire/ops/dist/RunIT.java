package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import java.io.File;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped wiring as a service runs it: a process, a signal, an exit code. */
final class RunIT {

    private static final Path WIRING =
            Path.of(System.getProperty("heatwire.launcher")).resolveSibling("../etc/heatwire.yaml");
    private static final List<String> PORT_NAMES = List.of(
            "APPLY_METRICS_PORT",
            "P26_METRICS_PORT",
            "HEAT_METRICS_PORT",
            "HEAT_HEALTH_PORT",
            "P27_METRICS_PORT",
            "P27_HEALTH_PORT",
            "HEATWIRE_HTTP_PORT");

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

    @Test
    void becomesReadyAndDrainsAtSigtermWithExit0() throws Exception {
        int port = freePort();
        Process process = start(port);

        await().atMost(Duration.ofSeconds(30)).until(() -> status(port, "/ready") == 200);
        assertThat(body(port, "/health")).startsWith("{\"status\": \"ok\", \"redis\": ");
        assertThat(body(port, "/metrics")).contains("\np27_in_messages_total 0.0\n");
        process.destroy();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output()).contains("drained: committed ").doesNotContain("\tat ", "Exception");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void saysWhichPortIsTakenWithExit69() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            Process process = start(taken.getLocalPort());

            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(output())
                    .contains(
                            "heatwire: cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use")
                    .doesNotContain("\tat ");
            assertThat(process.exitValue()).isEqualTo(69);
        }
    }

    @Test
    void refusesAWrongSettingWithItsPlaceAndExit78() throws Exception {
        Run run = Run.of(
                List.of(Run.java(), "-jar", System.getProperty("heatwire.jar"), "check", WIRING.toString()),
                Map.of("T_WARM", "warm"));

        assertThat(run.output()).containsPattern("heatwire\\.yaml:\\d+:\\d+: ").doesNotContain("\tat ");
        assertThat(run.exitCode()).isEqualTo(78);
    }

    private Process start(int port) throws Exception {
        File log = directory.resolve("log").toFile();
        ProcessBuilder builder = new ProcessBuilder(
                        Run.java(), "-jar", System.getProperty("heatwire.jar"), "run", "--wiring", WIRING.toString())
                .redirectErrorStream(true)
                .redirectOutput(log);
        // Port 0 switches a listener off: the contract's own ports may be in use on the machine that builds.
        PORT_NAMES.forEach(name -> builder.environment().put(name, "0"));
        builder.environment().put("HEATWIRE_HTTP_PORT", Integer.toString(port));
        builder.environment().put("REDIS_HOST", redis.host());
        builder.environment().put("REDIS_PORT", Integer.toString(redis.port()));
        builder.environment().put("REDIS_PASSWORD", redis.password());
        return builder.start();
    }

    private String output() throws Exception {
        return Files.readString(directory.resolve("log"));
    }

    private static int status(int port, String path) {
        try {
            return get(port, path).statusCode();
        } catch (Exception notYet) {
            return 0;
        }
    }

    private static String body(int port, String path) throws Exception {
        return get(port, path).body();
    }

    private static HttpResponse<String> get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
