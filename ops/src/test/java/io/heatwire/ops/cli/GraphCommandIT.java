package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** heatwire graph as a person gives it. */
final class GraphCommandIT {

    private static final Path SHIPPED = Path.of("etc/heatwire.yaml");
    private static final String PROPOSALS = "quantum:stream:harvest.proposal";
    private static final List<String> PORTS = List.of(
            "APPLY_METRICS_PORT",
            "P26_METRICS_PORT",
            "HEAT_METRICS_PORT",
            "HEAT_HEALTH_PORT",
            "P27_METRICS_PORT",
            "P27_HEALTH_PORT");
    private static final String PLANS = "quantum:stream:apply.plan";

    private static CommandBench bench;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        bench = new CommandBench();
    }

    @AfterAll
    static void end() {
        bench.close();
    }

    @BeforeEach
    void reset() throws IOException {
        bench.reset();
        for (String port : PORTS) {
            bench.environment.put(port, "0");
        }
        try (ServerSocket free = new ServerSocket(0)) {
            bench.environment.put("HEATWIRE_HTTP_PORT", Integer.toString(free.getLocalPort()));
        }
    }

    /** What the picture says of a wire, in the text format: the line below it. */
    private static String below(String wire) {
        List<String> lines = bench.out.toString().lines().toList();
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).matches(" +" + wire + " .*")) {
                return lines.get(i + 1).strip();
            }
        }
        return "no wire " + wire;
    }

    @Test
    void addsWhatRedisSaysOfEachWire() {
        bench.command("XADD", PLANS, "1-1", "plan_id", "old");
        for (int i = 0; i < 10; i++) {
            bench.add(PLANS, "plan_id", "p" + i);
        }
        bench.command("XGROUP", "CREATE", PLANS, "heat_gate", "0", "ENTRIESREAD", "0");
        bench.command("XREADGROUP", "GROUP", "heat_gate", "c", "COUNT", "3", "STREAMS", PLANS, ">");
        bench.command("SET", "quantum:stream:reconcile.close", "in the way");

        assertThat(bench.run(SHIPPED, "graph", "--live")).isZero();
        assertThat(bench.out.toString())
                .containsPattern("2\\.0/min, last \\d+ s ago, lag 8, pending 3\n")
                .contains("is a string, not a stream", "not there", ", no group");
        assertThat(bench.out.toString().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        for (String format : new String[] {"mermaid", "dot", "svg"}) {
            bench.clear();
            assertThat(bench.run(SHIPPED, "graph", "--live", "--dead", "--format", format))
                    .isZero();
            assertThat(bench.out.toString()).contains("lag 8", "heat_gate:dead");
        }
    }

    @Test
    void withoutAnEngineTellsTheStatesFromTwoLooksInEveryFormat() {
        long nowMs = System.currentTimeMillis();
        bench.add(PLANS, "plan_id", "p", "symbol", "BTCUSDT", "action", "HOLD", "decision", "HOLD");
        bench.command("XGROUP", "CREATE", PLANS, "heat_gate", "$");
        bench.command("XADD", PROPOSALS, nowMs - 3_600_000 + "-1", "symbol", "BTCUSDT");
        bench.command("XGROUP", "CREATE", PROPOSALS, "p26_heat_gate", "$");
        bench.command("HSET", "quantum:portfolio:state", "ts_epoch", "1");

        assertThat(bench.run(SHIPPED, "graph", "--live")).isZero();
        assertThat(below("reads +apply_plan")).startsWith("=> flowing: the last entry came ");
        String text = bench.out.toString();
        assertThat(text)
                .contains("!! lost_group: quantum:stream:apply.plan is there")
                .contains("-> idle: nothing written yet")
                .containsPattern("!! dormant: the last entry came 36\\d\\d s ago, and 600 s is the longest silence")
                .contains("edge states: from two looks at Redis 2 s apart, 10 s at most in all")
                .doesNotContain("??");
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        shapes(
                "mermaid",
                "==>|\"flowing,",
                " --x|\"lost_group #33;,",
                " --x|\"dormant #33;,",
                " -->|\"idle",
                "legend>");
        shapes(
                "dot",
                "penwidth=2.5, label=\"flowing,",
                "arrowhead=tee, penwidth=2.5, label=\"lost_group !,",
                "[style=solid, label=\"idle",
                "label=\"edge states: from two looks");
        shapes(
                "svg",
                "stroke-width=\"3\"",
                "url(#cross)",
                ">flowing, ",
                ">publish_plan_post: lost_group !, ",
                ">edge states: from two");
    }

    private static void shapes(String format, String... expected) {
        bench.clear();
        assertThat(bench.run(SHIPPED, "graph", "--live", "--format", format)).isZero();
        assertThat(bench.out.toString()).contains(expected);
    }

    @Test
    void takesTheStatesFromTheRunningEngine() throws Exception {
        CompletableFuture<Integer> running =
                CompletableFuture.supplyAsync(() -> bench.run(new StringWriter(), SHIPPED, "run", "--force"));
        try {
            String plans = PLANS + " -> heat_gate";
            await().atMost(CommandBench.PATIENCE).untilAsserted(() -> {
                bench.clear();
                bench.run(SHIPPED, "status");
                assertThat(bench.out.toString()).containsPattern(plans + " +idle");
            });
            bench.clear();
            assertThat(bench.run(SHIPPED, "graph", "--live")).isZero();
            assertThat(bench.out.toString())
                    .contains("edge states: from the running engine at http://127.0.0.1:"
                            + bench.environment.get("HEATWIRE_HTTP_PORT"))
                    .doesNotContain("two looks");
            assertThat(below("reads +apply_plan")).startsWith("-> idle: ");
            bench.clear();
            Path other = Path.of("etc/examples/sensors.yaml");
            assertThat(bench.run(other, "graph", "--live")).isZero();
            assertThat(bench.out.toString()).contains("edge states: from two looks at Redis");
        } finally {
            bench.stop();
            running.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void needsNoRedisWithoutLiveAndWritesToAFile() throws IOException {
        String port = String.valueOf(bench.environment.put("REDIS_PORT", "1"));
        Path file = directory.resolve("wiring.svg");
        assertThat(bench.run(SHIPPED, "graph", "--format", "svg", "-o", file.toString()))
                .isZero();
        assertThat(Files.readString(file)).startsWith("<svg ").endsWith("</svg>\n");
        assertThat(bench.run(SHIPPED, "graph", "-o", directory.toString())).isEqualTo(69);
        assertThat(bench.err.toString()).contains("cannot write");
        assertThat(bench.run(SHIPPED, "graph", "--live")).isEqualTo(69);
        assertThat(bench.run(SHIPPED, "graph", "--format", "png")).isEqualTo(64);
        bench.environment.put("REDIS_PORT", port);
        Path wrong = Files.writeString(directory.resolve("wrong.yaml"), "heatwire: 2\n");
        assertThat(bench.run(wrong, "graph")).isEqualTo(78);
    }
}
