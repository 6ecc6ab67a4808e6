package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.heatwire.ops.http.JsonText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StatusCommandTest {

    private static final String WIRING = "../ops/etc/heatwire.yaml";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final StopRequest stop = new StopRequest();
    private final List<String> tokens = new CopyOnWriteArrayList<>();
    private volatile String body = "";
    private volatile int status = 200;
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/health", exchange -> {
            tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private int run(Map<String, String> environment, String... more) {
        List<String> args = new ArrayList<>(List.of("status", "--wiring", WIRING));
        args.addAll(List.of(more));
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true), environment, stop);
        return Main.run(console, args.toArray(new String[0]));
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static Map<String, Object> row(Object... pairs) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            row.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return row;
    }

    private static String health(String status, String state, String stream, boolean isWell) {
        return JsonText.of(row(
                "status",
                status,
                "redis",
                "redis://localhost:6379/0",
                "server",
                "redis 7.0.15",
                "stages",
                List.of(row(
                        "stage",
                        "gate",
                        "state",
                        "running",
                        "error",
                        "",
                        "waiting",
                        "",
                        "epochs",
                        1,
                        "committed",
                        5,
                        "backlog",
                        3,
                        "lag_ms",
                        2_500)),
                "edges",
                List.of(row(
                        "stage",
                        "gate",
                        "from",
                        stream,
                        "to",
                        "gate",
                        "state",
                        state,
                        "well",
                        isWell,
                        "since_s",
                        400,
                        "why",
                        "the last entry came 400 s ago")),
                "accounts",
                List.of(row("stage", "gate", "read", 5, "committed", 5, "in_flight", 0, "unaccounted", 0)),
                "coverage",
                List.of(
                        row("pair", "decided", "expected", 100, "found", 97, "ratio", 0.97, "alarm", true, "why", "97"),
                        row("pair", "quiet", "expected", 0, "found", 0, "ratio", -1.0, "alarm", false, "why", ""))));
    }

    @Test
    void showsStagesEdgesAccountsAndCoverage() {
        body = health("ok", "flowing", "plans", true);

        assertThat(run(Map.of(), "--url", url())).isZero();
        assertThat(out.toString())
                .contains("ok  redis://localhost:6379/0  redis 7.0.15")
                .containsPattern("STAGE +STATE +BACKLOG +LAG +COMMITTED +EPOCHS")
                .containsPattern("gate +running +3 +2 s +5 +1")
                .containsPattern("plans -> gate +flowing +6 min +the last entry came 400 s ago")
                .containsPattern("decided ! +97 +100 +0.970 +97")
                .containsPattern("quiet +0 +0 +-");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void endsWith1WhenSomethingIsNotWellAlsoBehind503() {
        body = health("degraded", "starved", "plans", false);
        assertThat(run(Map.of(), "--url", url())).isEqualTo(1);
        assertThat(out.toString()).containsPattern("plans -> gate +starved ! ");

        body = health("error", "starved", "plans", false);
        status = 503;
        assertThat(run(Map.of(), "--url", url())).isEqualTo(1);
    }

    @Test
    void endsWith69WhenTheEngineDoesNotAnswerOrAnswersWithSomethingElse() throws IOException {
        int nobody = freePort();
        assertThat(run(Map.of(), "--url", "http://127.0.0.1:" + nobody)).isEqualTo(69);
        assertThat(err.toString())
                .contains("no answer from 127.0.0.1:", ": nobody listens there; is the engine running there?");
        assertThat(run(Map.of(), "--url", "http://no-such-host.invalid:1")).isEqualTo(69);
        assertThat(err.toString())
                .contains(": this machine knows no such host;")
                .doesNotContain("Exception");
        for (String other : List.of("", "hello", "[1, 2]", "{\"a\": ", "{\"stages\"", "[".repeat(100_000))) {
            body = other;
            assertThat(run(Map.of(), "--url", url())).as(other).isEqualTo(69);
        }
        status = 401;
        assertThat(run(Map.of(), "--url", url())).isEqualTo(69);
        status = 404;
        assertThat(run(Map.of(), "--url", url())).isEqualTo(69);
        assertThat(err.toString()).contains("asks for a token", "answered 404").doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    @Test
    void namesThatWouldMoveTheCursorStayText() {
        body = health("ok", "flowing", "pl\u001b[2Jans\nstage  \u202e", true);

        assertThat(run(Map.of(), "--url", url())).isZero();
        assertThat(out.toString()).doesNotContain("\u001b", "\u202e").contains("pl\\u001b[2Jans\\nstage");
    }

    /** A health of these stages, each with an edge that is well. */
    private static String healthOf(String... stages) {
        return JsonText.of(row(
                "status",
                "ok",
                "redis",
                "redis://localhost:6379/0",
                "stages",
                Stream.of(stages)
                        .map(stage -> row("stage", stage, "status", "ok", "state", "running"))
                        .toList(),
                "edges",
                Stream.of(stages)
                        .map(stage -> row("stage", stage, "from", stage, "to", "out", "state", "flowing", "well", true))
                        .toList()));
    }

    private Map<String, String> onThisPort(String name) throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (String port : List.of(
                "APPLY_METRICS_PORT",
                "P26_METRICS_PORT",
                "HEAT_HEALTH_PORT",
                "P27_HEALTH_PORT",
                "HEATWIRE_HTTP_PORT")) {
            environment.put(port, Integer.toString(freePort()));
        }
        environment.put(name, Integer.toString(server.getAddress().getPort()));
        return environment;
    }

    @Test
    void aStageWhoseEngineDoesNotAnswerHasARowAndIsNotWell() throws IOException {
        body = healthOf("heat_bridge");
        Map<String, String> environment = onThisPort("P27_HEALTH_PORT");

        assertThat(run(environment)).isEqualTo(1);
        assertThat(out.toString())
                .startsWith("ok, and nothing is known of 5 of 6 stages  redis://localhost:6379/0")
                .containsPattern("heat_bridge +running")
                .containsPattern("heat_gate +unknown ! .*no answer from 127.0.0.1:"
                        + environment.get("HEAT_HEALTH_PORT") + ": nobody listens there")
                .containsSubsequence("apply_planner", "heat_gate", "heat_bridge", "publish_plan_post");
        out.getBuffer().setLength(0);
        assertThat(run(environment, "--stage", "heat_bridge")).isZero();
        assertThat(out.toString()).startsWith("ok  redis:").doesNotContain("heat_gate");
        assertThat(run(environment, "--stage", "heat_gate")).isEqualTo(69);
        assertThat(err.toString()).contains("no answer from 127.0.0.1:", "; is the engine running there?");
        assertThat(run(environment, "--stage", "heat_gaet")).isEqualTo(64);
        assertThat(err.toString()).contains("no stage 'heat_gaet' is switched on", "heat_gate");
    }

    @Test
    void anEngineThatSpeaksOfAllStagesAndRunsOnlySomeIsNotTakenForAll() throws IOException {
        body = healthOf("heat_gate", "heat_bridge");

        assertThat(run(onThisPort("HEATWIRE_HTTP_PORT"))).isEqualTo(1);
        assertThat(out.toString()).startsWith("ok, and nothing is known of 4 of 6 stages");
        assertThat(tokens).hasSize(1);
    }

    @Test
    void whatIsOfAnotherStageAtTheListenerOfOneIsNotItsRow() throws IOException {
        body = healthOf("publish_plan_post");

        assertThat(run(onThisPort("APPLY_METRICS_PORT"))).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("publish_plan_post +running")
                .containsPattern("apply_planner +unknown ! .*the engine at 127.0.0.1:\\d+ does not run it")
                .containsOnlyOnce("publish_plan_post -> out");
    }

    @Test
    void asksTheListenerOfTheWiringWithItsToken() {
        body = healthOf(
                "apply_planner",
                "heat_gate",
                "heat_bridge",
                "portfolio_heat_gate",
                "reconcile_close_consume",
                "publish_plan_post");
        String port = Integer.toString(server.getAddress().getPort());

        assertThat(run(Map.of("HEATWIRE_HTTP_PORT", port, "HEATWIRE_HTTP_TOKEN", "abc")))
                .isZero();
        assertThat(tokens).containsExactly("Bearer abc");
    }

    @Test
    void showsTheTokenOfTheWiringToNobodyElse() throws IOException {
        body = health("ok", "flowing", "plans", true);
        String elsewhere = Integer.toString(freePort());
        Map<String, String> environment = Map.of("HEATWIRE_HTTP_PORT", elsewhere, "HEATWIRE_HTTP_TOKEN", "abc");

        assertThat(run(environment, "--url", url())).isZero();
        assertThat(tokens).containsExactly("null");
        status = 401;
        assertThat(run(environment, "--url", url())).isEqualTo(69);
        assertThat(err.toString()).contains("asks for a token", "--token-file FILE");
    }

    @Test
    void showsItToAListenerOfTheWiringUnderAnyNameOfThisMachine() {
        body = health("ok", "flowing", "plans", true);
        String port = Integer.toString(server.getAddress().getPort());

        assertThat(run(
                        Map.of("HEATWIRE_HTTP_PORT", port, "HEATWIRE_HTTP_TOKEN", "abc"),
                        "--url",
                        "http://LocalHost:" + port))
                .isZero();
        assertThat(tokens).containsExactly("Bearer abc");
    }

    @Test
    void showsATokenThatIsNamedToWhomeverItIsNamedFor() throws IOException {
        body = health("ok", "flowing", "plans", true);
        Path file = Files.writeString(directory.resolve("token"), "from-a-file\n");

        assertThat(run(Map.of("HEATWIRE_HTTP_TOKEN", "abc"), "--url", url(), "--token-file", file.toString()))
                .isZero();
        assertThat(tokens).containsExactly("Bearer from-a-file");

        Files.writeString(file, "two words");
        assertThat(run(Map.of(), "--url", url(), "--token-file", file.toString()))
                .isEqualTo(78);
        Files.delete(file);
        assertThat(run(Map.of(), "--url", url(), "--token-file", file.toString()))
                .isEqualTo(78);
        assertThat(err.toString())
                .contains("token file " + file + " does not hold one token", "token file " + file + " is not there")
                .doesNotContain("two words");
        assertThat(tokens).hasSize(1);
    }

    @Test
    void watchesUntilItIsToldToStop() {
        body = health("degraded", "starved", "plans", false);
        stop.request();
        assertThat(run(Map.of(), "--url", url(), "--watch")).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void seesWhileItWatchesThatAnEngineOfOneStageIsGone() throws IOException {
        body = healthOf("heat_bridge");
        Map<String, String> environment = onThisPort("P27_HEALTH_PORT");
        CompletableFuture<Integer> watching = CompletableFuture.supplyAsync(
                () -> run(environment, "--stage", "heat_bridge,heat_gate", "--watch", "--every", "1"));

        await().until(() -> out.toString().contains("and nothing is known of 1 of 2 stages"));
        server.stop(0);
        await().until(() -> err.toString().contains("no answer from 127.0.0.1:" + environment.get("P27_HEALTH_PORT")));
        stop.request();

        assertThat(watching.join()).isEqualTo(69);
    }

    @Test
    void refusesWhatIsNoAddress() {
        for (String wrong : List.of("localhost:8090", "file:///etc/passwd", "http://", "http://a b")) {
            assertThat(run(Map.of(), "--url", wrong)).as(wrong).isEqualTo(64);
        }
        assertThat(run(Map.of(), "--every", "0")).isEqualTo(64);
        assertThat(err.toString()).contains("--url must be an address such as http://127.0.0.1:8090");
    }
}
