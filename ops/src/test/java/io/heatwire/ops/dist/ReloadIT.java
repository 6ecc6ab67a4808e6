package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running process that reads its wiring again, asked by the signal and by the command. */
final class ReloadIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SECRET = "s3cret-token-that-nobody-may-see";
    private static final String WIRING = """
            heatwire: 1
            redis: { host: "${REDIS_HOST}", port: "${REDIS_PORT}", password: "${REDIS_PASSWORD:-}" }
            streams:
              plan: { key: plan, external: tests, pace_s: none }
              decision: { key: decision, keep: 1000 }
            lookups:
              state: { key: state, type: hash, external: tests, pace_s: none }
              shadow: { key: "shadow:{symbol}", type: hash, terminal: true }
              by_plan: { key: "by_plan:{plan_id}", type: hash, terminal: true }
              latest: { key: "latest:{symbol}", type: hash, terminal: true }
              latest_plan_id: { key: "latest_plan_id:{symbol}", type: value, terminal: true }
              dedupe: { key: "dedupe:{plan_id}", type: marker }
            stages:
              heat_gate:
                operator: heat_gate
                in: plan
                out: { decision: decision }
                keys: { state: state, shadow: shadow }
                settings: { t_hot: 0.70 }
              heat_bridge:
                operator: heat_bridge
                in: decision
                keys: { by_plan: by_plan, latest: latest, latest_plan_id: latest_plan_id, dedupe: dedupe }
            http:
              - { port: "${HEATWIRE_HTTP_PORT}" }
            """;

    private LocalRedis redis;
    private ServiceProcess service;
    private Path wiring;
    private int port;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        redis = LocalRedis.start(RedisBinary.forTests());
        wiring = Files.writeString(directory.resolve("wiring.yaml"), WIRING);
        port = ServiceProcess.freePort();
        service = ServiceProcess.start(redis, port, directory, wiring, Map.of("IT_TOKEN", SECRET))
                .awaitReady();
    }

    @AfterEach
    void stop() throws Exception {
        service.kill();
        redis.close();
    }

    private void write(String text) throws IOException {
        Files.writeString(wiring, text);
    }

    private Run reload(String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Run.java(), "-jar", System.getProperty("heatwire.jar"), "reload", "--state-dir", directory.toString()));
        command.addAll(List.of(more));
        return Run.of(
                command,
                Map.of(
                        "REDIS_HOST", redis.host(),
                        "REDIS_PORT", Integer.toString(redis.port()),
                        "REDIS_PASSWORD", String.valueOf(redis.password()),
                        "HEATWIRE_HTTP_PORT", Integer.toString(port)));
    }

    private String metric(String name) throws Exception {
        return service.body("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("none");
    }

    @Test
    void takesANewSettingOverAndLeavesTheRestAlone() throws Exception {
        write(WIRING.replace("t_hot: 0.70", "t_hot: 0.75"));

        Run run = reload();

        assertThat(run.output()).contains("generation 2: heat_gate changed; 1 untouched");
        assertThat(run.exitCode()).isZero();
        assertThat(metric("heatwire_generation")).isEqualTo("2");
        assertThat(metric("heatwire_reloads_total{outcome=\"accepted\"}")).isEqualTo("1");
        assertThat(metric("heatwire_epochs_total{stage=\"heat_bridge\"}")).isEqualTo("1");
        assertThat(metric("heatwire_epochs_total{stage=\"heat_gate\"}")).isEqualTo("2");
        assertThat(service.body("/health")).contains("\"generation\": 2, ", "\"reload_refused\": \"\"");
        assertThat(service.output()).contains("generation 2: heat_gate changed; 1 untouched");

        Run again = reload();
        assertThat(again.output()).contains("generation 2: the wiring says the same as before");
        assertThat(again.exitCode()).isZero();
        assertThat(metric("heatwire_reloads_total{outcome=\"unchanged\"}")).isEqualTo("1");
    }

    @Test
    void runsOnWithTheOldWiringWhenTheNewOneIsRefused() throws Exception {
        write(WIRING.replace("t_hot: 0.70", "t_hott: 0.75"));

        Run run = reload();

        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.output()).contains("wiring.yaml:19:", "t_hott", "refused, generation 1 runs on: ");
        assertThat(metric("heatwire_generation")).isEqualTo("1");
        assertThat(metric("heatwire_reloads_total{outcome=\"refused\"}")).isEqualTo("1");
        assertThat(service.body("/health"))
                .startsWith("{\"status\": \"ok\"")
                .containsPattern("\"reload_refused\": \"[^\"]*wiring\\.yaml:19:\\d+: W\\d+ ");
        assertThat(service.output())
                .contains("reload refused, generation 1 runs on: ")
                .doesNotContain("\tat ");

        write(WIRING);
        assertThat(reload().exitCode()).isZero();
        assertThat(service.body("/health")).contains("\"reload_refused\": \"\"");
    }

    @Test
    void drainsNothingForARedisThatHoldsSomethingElse() throws Exception {
        write(WIRING.replace("key: plan,", "key: table,"));
        redisCli("HSET table field value");

        Run run = reload();

        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.output())
                .contains("L001 stream plan is declared as a stream, and in Redis 'table' is a hash")
                .contains("4 |   plan: { key: table,")
                .contains("heatwire: refused, generation 1 runs on: ");
        assertThat(metric("heatwire_epochs_total{stage=\"heat_gate\"}"))
                .as("not drained")
                .isEqualTo("1");
        assertThat(metric("heatwire_reloads_total{outcome=\"refused\"}")).isEqualTo("1");
        assertThat(service.body("/health"))
                .startsWith("{\"status\": \"ok\"")
                .containsPattern("\"reload_refused\": \"[^\"]*wiring\\.yaml:4:\\d+: L001 ");

        redisCli("DEL table");
        assertThat(reload().exitCode()).isZero();
        assertThat(service.body("/health")).contains("\"generation\": 2, ", "\"reload_refused\": \"\"");
    }

    @Test
    void drainsNothingForARightThatIsMissing() throws Exception {
        redisCli("ACL SETUSER default resetkeys ~plan* ~decision* ~state ~shadow:* ~by_plan:* ~latest* ~dedupe:*");
        write(WIRING.replace("key: decision,", "key: elsewhere,"));

        Run run = reload();

        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.output())
                .contains("L050 user 'default' may not read and write the key 'elsewhere'")
                .contains("(and ", "refused, generation 1 runs on: ");
        assertThat(metric("heatwire_epochs_total{stage=\"heat_bridge\"}")).isEqualTo("1");
        assertThat(service.body("/health")).containsPattern("\"reload_refused\": \"[^\"]*L050 ");
    }

    @Test
    void putsTheOldWiringBackWhenAStageOfTheNewOneCannotStart() throws Exception {
        service.kill();
        service = ServiceProcess.start(redis, port, directory, wiring, Map.of("IT_TOKEN", SECRET), "--force")
                .awaitReady();
        write(WIRING.replace("key: plan,", "key: text,"));
        redisCli("SET text hello");

        Run run = reload();

        assertThat(run.exitCode()).isEqualTo(78);
        assertThat(run.output())
                .contains("rolled back, generation 1 runs on: stage heat_gate does not start: WRONGTYPE");
        assertThat(metric("heatwire_reloads_total{outcome=\"rolled_back\"}")).isEqualTo("1");
        assertThat(service.output()).contains("started by --force in spite of L001");
        await().atMost(PATIENCE).until(() -> service.body("/ready").contains("true"));
    }

    private void redisCli(String command) throws Exception {
        try (Socket socket = new Socket(redis.host(), redis.port())) {
            String login = redis.password() == null ? "" : "AUTH " + redis.password() + "\r\n";
            socket.getOutputStream().write((login + command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('+');
        }
    }

    @Test
    void keepsOpenConnectionsAndMovesPorts() throws Exception {
        int second = ServiceProcess.freePort();
        try (Socket scraper = new Socket("127.0.0.1", port)) {
            assertThat(ask(scraper)).startsWith("HTTP/1.1 200 OK");
            write(WIRING + "  - { port: " + second + ", serve: [health], token: \"${IT_TOKEN}\" }\n");
            assertThat(reload().output())
                    .contains("generation 2: no stage changed; 2 untouched, http listeners changed");
            assertThat(ask(scraper)).as("over the same connection").startsWith("HTTP/1.1 200 OK");
        }
        try (Socket other = new Socket("127.0.0.1", second)) {
            assertThat(ask(other)).startsWith("HTTP/1.1 401 ");
        }
        write(WIRING);
        assertThat(reload().exitCode()).isZero();
        await().atMost(PATIENCE).until(() -> isFree(second));
        try (Socket scraper = new Socket("127.0.0.1", port)) {
            assertThat(ask(scraper)).startsWith("HTTP/1.1 200 OK");
        }
        assertThat(Files.readString(directory.resolve("heatwire.run"))).doesNotContain(SECRET);
    }

    private static String ask(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        byte[] answer = new byte[64 * 1024];
        return new String(answer, 0, in.read(answer), StandardCharsets.US_ASCII);
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return free.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    @Test
    void drainsNothingForAPortThatIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            write(WIRING.replace("t_hot: 0.70", "t_hot: 0.75") + "  - { port: " + taken.getLocalPort() + " }\n");

            Run run = reload();

            assertThat(run.exitCode()).isEqualTo(78);
            assertThat(run.output()).contains("cannot listen on 127.0.0.1:" + taken.getLocalPort());
            assertThat(metric("heatwire_epochs_total{stage=\"heat_gate\"}")).isEqualTo("1");
        }
    }

    @Test
    void printsWhatAReloadWouldDoAndDoesNothing() throws Exception {
        write(WIRING.replace("t_hot: 0.70", "t_hot: 0.75").replace("key: decision,", "key: other,"));

        Run run = reload("--plan");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .contains("against generation 1 of pid " + service.process().pid() + ":")
                .contains("heat_gate: drained and started again", "    config.settings.t_hot: 0.7 -> 0.75")
                .contains("    streams.decision: decision -> other")
                .contains("heat_bridge: drained and started again", "    source.key: decision -> other")
                .doesNotContain("http: changes");
        assertThat(metric("heatwire_generation")).isEqualTo("1");
        assertThat(Files.readString(directory.resolve("heatwire.run")))
                .doesNotContain(String.valueOf(redis.password()));
    }

    @Test
    void aSignalThatComesBeforeTheEngineRunsIsRemembered() throws Exception {
        service.kill();
        Path classes = directory.resolve("classes");
        service = ServiceProcess.start(
                redis, port, directory, wiring, Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes));
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(classes) && Files.readString(classes).contains(" picocli.CommandLine "));

        hangUp();

        service.awaitReady();
        await().atMost(PATIENCE)
                .until(() ->
                        metric("heatwire_reloads_total{outcome=\"unchanged\"}").equals("1"));
    }

    @Test
    void saysThatNoSignalReachesItWhenItWasStartedSo() throws Exception {
        service.kill();
        List<String> deaf = List.of("/bin/sh", "-c", "trap '' HUP; exec \"$@\"", "sh");
        service = ServiceProcess.startBehind(deaf, redis, port, directory, wiring, Map.of())
                .awaitReady();

        hangUp();
        Run run = reload();

        assertThat(run.exitCode()).isEqualTo(69);
        assertThat(run.output())
                .contains("the engine with pid " + service.process().pid() + " was started with SIGHUP ignored");
        assertThat(service.output()).contains("SIGHUP was ignored when this process was started");
        assertThat(service.body("/ready")).contains("true");
    }

    private void hangUp() throws Exception {
        Run.of(List.of("kill", "-HUP", Long.toString(service.process().pid())));
    }

    @Test
    void takesTheBareSignalAndCleansUpAtTheEnd() throws Exception {
        write(WIRING.replace("t_hot: 0.70", "t_hot: 0.75"));
        hangUp();
        await().atMost(PATIENCE).until(() -> metric("heatwire_generation").equals("2"));
        service.process().destroy();
        assertThat(service.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(service.process().exitValue()).isZero();
        assertThat(service.lastLine()).startsWith("drained: committed ");
        assertThat(directory.resolve("heatwire.run")).doesNotExist();
        Run run = reload();
        assertThat(run.exitCode()).isEqualTo(69);
        assertThat(run.output()).contains("no engine has left word in " + directory);
    }
}
