package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** heatwire graph as a person gives it. */
final class GraphCommandIT {

    private static final Path SHIPPED = Path.of("etc/heatwire.yaml");
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
    void reset() {
        bench.reset();
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
