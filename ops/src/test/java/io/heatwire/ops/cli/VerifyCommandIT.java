package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verify does with an engine that says little, falls silent, or begins anew while it is asked. */
final class VerifyCommandIT {

    private static final Path SHIPPED = Path.of("../ops/etc/heatwire.yaml");
    private static final String STAGE = "reconcile_close_consume";
    private static final String STREAM = "quantum:stream:apply.heat.observed";
    private static final String UP = "heatwire_stage_up{stage=\"reconcile_close_consume\"} 1\n";
    private static final String COUNTERS = """
            p28_observed_total{heat_found="0",obs_point="reconcile_close_consume"} 1
            p28_heat_reason_total{obs_point="reconcile_close_consume",reason="missing"} 1
            """;

    private static CommandBench bench;

    @TempDir
    private Path directory;

    /** What the engine says, one answer after the other; the last again and again. */
    private final List<String> answers = new CopyOnWriteArrayList<>();

    private HttpServer engine;

    @BeforeAll
    static void startRedis() {
        bench = new CommandBench();
    }

    @AfterAll
    static void stopRedis() {
        bench.close();
    }

    @BeforeEach
    void listen() throws IOException {
        bench.reset();
        EngineOnTheBench.choosePorts(bench);
        engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        engine.createContext("/metrics", exchange -> {
            String text = answers.size() > 1 ? answers.remove(0) : answers.get(0);
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(text.isEmpty() ? 500 : 200, text.isEmpty() ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        engine.start();
        bench.environment.put(
                "HEATWIRE_HTTP_PORT", Integer.toString(engine.getAddress().getPort()));
        bench.add(STREAM, "plan_id", "a", "obs_point", STAGE, "heat_found", "0", "heat_reason", "missing");
    }

    @AfterEach
    void stop() {
        engine.stop(0);
        assertThat(bench.out.toString() + bench.err).doesNotContain("\tat ", "Exception");
    }

    private static String startedAt(long second) {
        return "process_start_time_seconds " + second + "\n";
    }

    private static int verify() {
        return bench.run(SHIPPED, "verify", "--stage", STAGE);
    }

    @Test
    void agreesWithCountersThatItHasSeen() {
        answers.add(UP + startedAt(1) + COUNTERS);

        assertThat(verify()).as(bench.out.toString()).isZero();
        assertThat(bench.out.toString()).endsWith("stream and metrics agree\n");
    }

    @Test
    void neverAgreesWithAnEngineThatFallsSilentBeforeTheStreamIsCounted() {
        answers.addAll(List.of(UP + startedAt(1) + COUNTERS, ""));

        assertThat(verify()).isEqualTo(1);
        assertThat(bench.out.toString())
                .contains("! not compared: " + STREAM + ": an engine no longer gives its metrics: 127.0.0.1:")
                .contains(" answered 500 and not with metrics")
                .doesNotContain("metrics agree");
    }

    @Test
    void neverAgreesWithAnEngineThatFallsSilentAfterTheStreamIsCounted() {
        answers.addAll(List.of(UP + startedAt(1) + COUNTERS, UP + startedAt(1) + COUNTERS, ""));

        assertThat(verify()).isEqualTo(1);
        assertThat(bench.out.toString())
                .contains("! not compared: " + STREAM + ": an engine no longer gives its metrics")
                .doesNotContain("metrics agree");
    }

    @Test
    void looksAgainWhenTheEngineBeganAnewMeanwhile() {
        answers.addAll(List.of(
                UP + startedAt(1) + COUNTERS, UP + startedAt(1) + COUNTERS, UP + startedAt(2_000_000_000) + COUNTERS));

        assertThat(verify()).isEqualTo(1);
        assertThat(bench.out.toString())
                .contains("since 2033-05-18T03:33:20Z, when the engine began to count")
                .contains("! the counters say 1 more");
    }

    @Test
    void doesNotCompareWithAnEngineThatDoesNotSayWhomItSpeaksOfOrSinceWhenItCounts() {
        answers.add(UP + COUNTERS);
        assertThat(verify()).isEqualTo(1);
        assertThat(bench.out.toString())
                .contains("! not compared: reconcile_close_consume of stage reconcile_close_consume:"
                        + " the engine does not say since when it counts")
                .doesNotContain("metrics agree");

        bench.clear();
        answers.set(0, startedAt(1) + COUNTERS);
        assertThat(verify()).isEqualTo(1);
        assertThat(bench.out.toString()).contains("! not compared: ").doesNotContain("metrics agree");
    }

    @Test
    void doesNotAgreeWhereNobodyObserves() throws IOException {
        Path wiring = Files.writeString(directory.resolve("wiring.yaml"), """
                heatwire: 1
                redis: { host: "${REDIS_HOST}", port: "${REDIS_PORT}", password: "${REDIS_PASSWORD:-}" }
                streams:
                  readings: { key: readings, external: sensors, pace_s: none, fields: [fahrenheit] }
                  good: { key: good, keep: 1000, terminal: true }
                stages:
                  plausible:
                    operator: filter
                    in: readings
                    out: { out: good }
                    settings: { where: double(event.fahrenheit) > -100.0 }
                http:
                  - { host: 127.0.0.1, port: "${HEATWIRE_HTTP_PORT}", serve: [metrics] }
                """);
        answers.add("heatwire_stage_up{stage=\"plausible\"} 1\n" + startedAt(1));

        assertThat(bench.run(wiring, "verify")).as(bench.err.toString()).isEqualTo(1);
        assertThat(bench.out.toString())
                .endsWith("! not compared: none of these stages writes observations\n")
                .doesNotContain("agree");
    }
}
