package io.heatwire.ops.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.metrics.Metrics;
import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpDoorTest {

    private static final HttpListener EVERYTHING =
            new HttpListener("127.0.0.1", 0, EnumSet.allOf(Serves.class), List.of());
    private static final HttpListener BRIDGE_ONLY =
            new HttpListener("127.0.0.1", 0, EnumSet.of(Serves.METRICS, Serves.HEALTH), List.of("bridge"));

    private final Metrics metrics = new Metrics();
    private final AtomicReference<Health> health = new AtomicReference<>(healthWith(StageState.RUNNING, ""));
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpDoor door;

    @BeforeEach
    void open() {
        Counter.builder("p26_loops_total").description("turns").register(metrics.registry());
        Counter.builder("p27_loops_total").description("turns").register(metrics.registry());
        Counter.builder("p27_written_total").description("keys").register(metrics.registry());
        door = HttpDoor.open(
                        List.of(EVERYTHING, BRIDGE_ONLY),
                        stages(),
                        metrics,
                        health::get,
                        () -> new WiringState(1, 0, ""),
                        Site.NONE)
                .block();
    }

    @AfterEach
    void close() {
        door.close().block();
    }

    @Test
    void servesEveryMeterOnAnUnrestrictedListener() throws Exception {
        HttpResponse<String> answer = get(0, "/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(answer.body())
                .contains("\np26_loops_total 0\n", "\np27_loops_total 0\n")
                .endsWith("\n");
    }

    @Test
    void servesOnlyTheMetersOfItsStagesOnARestrictedListener() throws Exception {
        assertThat(get(1, "/metrics").body())
                .contains("p27_loops_total 0", "p27_written_total 0")
                .doesNotContain("p26_");
    }

    @Test
    void saysOnARestrictedListenerWhichStagesItSpeaksOfHowTheyFareAndSinceWhenItCounts() throws Exception {
        Gauge.builder("process_start_time_seconds", () -> 1.5)
                .description("start")
                .register(metrics.registry());
        for (String stage : List.of("gate", "bridge")) {
            Gauge.builder("heatwire_stage_up", () -> 1)
                    .description("up")
                    .tag("stage", stage)
                    .register(metrics.registry());
            Counter.builder("heatwire_entries_read_total")
                    .description("read")
                    .tag("stage", stage)
                    .register(metrics.registry());
            DistributionSummary.builder("heatwire_commit_entries")
                    .description("commits")
                    .serviceLevelObjectives(1)
                    .tag("stage", stage)
                    .register(metrics.registry())
                    .record(1);
        }

        assertThat(get(1, "/metrics").body())
                .contains(
                        "process_start_time_seconds 1.5",
                        "heatwire_stage_up{stage=\"bridge\"} 1",
                        "heatwire_entries_read_total{stage=\"bridge\"} 0",
                        "heatwire_commit_entries_bucket{stage=\"bridge\",le=\"+Inf\"} 1")
                .doesNotContain("stage=\"gate\"");
        assertThat(get(0, "/metrics").body()).contains("heatwire_stage_up{stage=\"gate\"} 1");
    }

    @Test
    void speaksOpenMetricsToWhoAsksForIt() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(uri(0, "/metrics"))
                .header("Accept", "application/openmetrics-text; version=1.0.0"));

        assertThat(answer.headers().firstValue("content-type"))
                .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(answer.body()).endsWith("# EOF\n");
    }

    @Test
    void answersHealthWithEveryStage() throws Exception {
        HttpResponse<String> answer = get(0, "/health");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json; charset=utf-8");
        JsonObject json = JsonParser.parseString(answer.body()).getAsJsonObject();
        assertThat(json.get("status").getAsString()).isEqualTo("ok");
        assertThat(json.get("redis").getAsString()).isEqualTo("redis://127.0.0.1:6379/0");
        assertThat(json.getAsJsonArray("stages")).hasSize(2);
    }

    @Test
    void answersTheContractsFlatHealthFirstForASingleStage() throws Exception {
        assertThat(get(1, "/health").body())
                .startsWith(
                        "{\"status\": \"ok\", \"last_ts_epoch\": 1769638200, \"last_loop_ms\": 7, \"backlog\": 3, ");
    }

    @Test
    void saysDegradedWith200AndErrorWith503() throws Exception {
        health.set(healthWith(StageState.RUNNING, "FULL"));
        HttpResponse<String> degraded = get(1, "/health");
        health.set(healthWith(StageState.BACKING_OFF, ""));
        HttpResponse<String> error = get(1, "/health");

        assertThat(degraded.statusCode()).isEqualTo(200);
        assertThat(degraded.body()).startsWith("{\"status\": \"degraded\", ");
        assertThat(error.statusCode()).isEqualTo(503);
        assertThat(error.body()).startsWith("{\"status\": \"error\", ").contains("\"state\": \"backing_off\"");
    }

    @Test
    void isReadyOnlyWhenEveryStageRuns() throws Exception {
        HttpResponse<String> ready = get(0, "/ready");
        health.set(healthWith(StageState.STARTING, ""));
        HttpResponse<String> starting = get(0, "/ready");

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("{\"ready\": true}\n");
        assertThat(starting.statusCode()).isEqualTo(503);
    }

    @Test
    void answers404WithWhatIsThere() throws Exception {
        HttpResponse<String> answer = get(1, "/ready");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("not found; here are: /health /metrics\n");
        assertThat(get(0, "/metrics?name=x").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesOtherMethods() throws Exception {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(uri(0, "/metrics")).POST(HttpRequest.BodyPublishers.ofString("x")));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).hasValue("GET, HEAD");
    }

    @Test
    void answersHeadWithTheHeadersOfGetAndNoBody() throws Exception {
        String head = raw("HEAD /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(head).startsWith("HTTP/1.1 200 ").containsIgnoringCase("content-length: 16\r\n");
        assertThat(head).endsWith("\r\n\r\n");
    }

    @Test
    void refusesAnEndlessRequestLineAndEndlessHeaders() throws Exception {
        assertThat(raw("GET /" + "x".repeat(5000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
        assertThat(raw("GET /ready HTTP/1.1\r\nHost: localhost\r\nA: " + "x".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void saysInOneLineWhenAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress("127.0.0.1", 0));
            HttpListener second =
                    new HttpListener("127.0.0.1", taken.getLocalPort(), EnumSet.of(Serves.METRICS), List.of());

            assertThatThrownBy(() -> HttpDoor.open(
                                    List.of(EVERYTHING, second),
                                    stages(),
                                    metrics,
                                    health::get,
                                    () -> new WiringState(1, 0, ""),
                                    Site.NONE)
                            .block())
                    .isInstanceOf(CannotListenException.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use");
        }
    }

    private static Health healthWith(StageState bridge, String waiting) {
        Map<String, Long> contract = new LinkedHashMap<>();
        contract.put("last_ts_epoch", 1769638200L);
        contract.put("last_loop_ms", 7L);
        contract.put("backlog", 3L);
        return new Health(
                "redis://127.0.0.1:6379/0",
                "redis 7.0.15",
                List.of(
                        new StageHealth("gate", StageState.RUNNING, "", 1, 5, 1769638200, 2, 0, 0, "", Map.of()),
                        new StageHealth("bridge", bridge, "", 1, 5, 1769638200, 7, 3, 0, waiting, contract)));
    }

    private static List<StagePlan> stages() {
        return List.of(
                stage("gate", MeterSpec.counter("p26_loops_total", "turns"), List.of()),
                stage(
                        "bridge",
                        MeterSpec.counter("p27_loops_total", "turns"),
                        List.of(MeterSpec.counter("p27_written_total", "keys"))));
    }

    private static StagePlan stage(String name, MeterSpec loops, List<MeterSpec> meters) {
        OperatorSpec spec = new OperatorSpec(
                name,
                "a stage",
                OperatorSpec.Kind.STREAM,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                meters,
                new OperatorSpec.Duties(loops, null, List.of()),
                config -> List.of(),
                config -> {
                    throw new IllegalStateException("not run here");
                });
        SourcePlan source = new SourcePlan.OnInterval(1000, "symbol", List.of());
        return new StagePlan(name, spec, new OperatorConfig(Map.of(), Map.of()), source, Map.of(), "dead", 10);
    }

    private HttpResponse<String> get(int listener, String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(listener, path)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(int listener, String path) {
        return URI.create("http://127.0.0.1:" + door.addresses().get(listener).getPort() + path);
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", door.addresses().get(0).getPort())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }
}
