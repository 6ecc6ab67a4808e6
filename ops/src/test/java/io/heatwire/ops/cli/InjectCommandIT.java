package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries given by hand, as a person gives them. */
final class InjectCommandIT {

    private static final Path WIRING = Path.of("../ops/etc/heatwire.yaml");
    private static final String PLANS = "quantum:stream:apply.plan";

    private static CommandBench bench;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startRedis() {
        bench = new CommandBench();
    }

    @AfterAll
    static void stopRedis() {
        bench.close();
    }

    @BeforeEach
    void empty() {
        bench.reset();
    }

    private static String newest(String stream) {
        return bench.command("XREVRANGE", stream, "+", "-", "COUNT", "1").toString();
    }

    @Test
    void appendsAnEntryAndPrintsItsId() {
        assertThat(bench.run(
                        WIRING,
                        "inject",
                        "apply_plan",
                        "plan_id=p1",
                        "symbol=BTCUSDT",
                        "action=HOLD",
                        "reason_codes=a=b"))
                .isZero();
        String id = bench.out.toString().strip();
        assertThat(newest(PLANS))
                .isEqualTo("[[" + id + ", [plan_id, p1, symbol, BTCUSDT, action, HOLD, reason_codes, a=b]]]");
    }

    @Test
    void fillsIdsAndTimesInTheOrderOfTheStream() {
        assertThat(bench.run(WIRING, "inject", PLANS, "--fill", "symbol=BTCUSDT", "action=HOLD"))
                .isZero();
        assertThat(newest(PLANS))
                .containsPattern("\\[plan_id, [0-9a-f]{16}, symbol, BTCUSDT, action, HOLD, timestamp, 1\\d{9}\\]");
    }

    @Test
    void refusesWhatTheWiringDoesNotKnowAndAppendsNothing() throws IOException {
        assertThat(bench.run(WIRING, "inject", "aply_plan", "symbol=X")).isEqualTo(64);
        assertThat(bench.err.toString()).contains("no stream 'aply_plan' in this wiring; write apply_plan");
        bench.clear();
        assertThat(bench.run(WIRING, "inject", "apply_plan", "plan_id=p1", "symbl=BTCUSDT", "action="))
                .isEqualTo(1);
        assertThat(bench.err.toString())
                .contains("stage heat_gate needs the field symbol, and it is absent or empty")
                .contains("stage heat_gate needs the field action or harvest_action")
                .contains("nobody writes the field 'symbl' there; write symbol")
                .contains("nothing was appended to apply_plan");
        for (String[] args : new String[][] {
            {"inject", "apply_plan"},
            {"inject", "apply_plan", "symbol"},
            {"inject", "apply_plan", "=x"},
            {"inject", "apply_plan", "a=b", "--file", "x"},
            {"inject", "apply_plan", "--file", directory.resolve("absent").toString()},
        }) {
            assertThat(bench.run(WIRING, args)).as(String.join(" ", args)).isEqualTo(64);
        }
        assertThat(bench.command("DBSIZE")).isEqualTo(0L);
        assertThat(bench.run(WIRING, "inject", "apply_plan", "symbl=BTCUSDT", "--force"))
                .isZero();
        assertThat(newest(PLANS)).contains("[symbl, BTCUSDT]");
        assertThat(bench.out.toString() + bench.err).doesNotContain("\tat ");
    }

    @Test
    void takesJsonLinesAllOrNone() throws IOException {
        Path file = directory.resolve("plans.jsonl");
        Files.writeString(file, """
                {"plan_id": "p1", "symbol": "BTCUSDT", "action": "HOLD", "kill_score": 0.10}

                {"plan_id": "p2", "symbol": "ETHUSDT", "action": "HOLD"}
                """);
        assertThat(bench.run(WIRING, "inject", "apply_plan", "--file", file.toString()))
                .isZero();
        assertThat(bench.out.toString().lines()).hasSize(2);
        assertThat(bench.command("XRANGE", PLANS, "-", "+").toString()).contains("kill_score, 0.10", "plan_id, p2");

        for (String bad : List.of(
                "{\"plan_id\": \"p3\", \"symbol\": \"X\", \"action\": \"HOLD\"}\n{\"plan_id\": {\"a\": 1}}",
                "[1, 2]",
                "{\"plan_id\"",
                "{}")) {
            bench.clear();
            Files.writeString(file, bad);
            assertThat(bench.run(WIRING, "inject", "apply_plan", "--file", file.toString()))
                    .as(bad)
                    .isEqualTo(64);
            assertThat(bench.err.toString()).contains("--file: line ").doesNotContain("\tat ");
        }
        assertThat(bench.command("XLEN", PLANS)).isEqualTo(2L);
    }

    @Test
    void neverGoesBeyondACapAndTrimsToWhatIsKept() throws IOException {
        Path wiring = Files.writeString(directory.resolve("wiring.yaml"), """
                heatwire: 1
                redis: { host: "${REDIS_HOST}", port: "${REDIS_PORT}", password: "${REDIS_PASSWORD:-}" }
                streams:
                  readings: { key: readings, external: sensors, pace_s: none }
                  first: { key: first, cap: 200, terminal: true }
                stages:
                  some:
                    operator: filter
                    in: readings
                    out: { out: first }
                    settings: { where: event.id != "x" }
                """);
        bench.command("EVAL", "for i = 1, 199 do redis.call('XADD', KEYS[1], '*', 'n', i) end", "1", "first");
        assertThat(bench.run(wiring, "inject", "first", "id=200"))
                .as(bench.err.toString())
                .isZero();
        assertThat(bench.run(wiring, "inject", "first", "id=201")).isEqualTo(1);
        assertThat(bench.err.toString()).contains("first is at its cap; appended 0 of 1");
        assertThat(bench.command("XLEN", "first")).isEqualTo(200L);
        assertThat(bench.run(wiring, "inject", "readings", "anything=goes", "id=1"))
                .isZero();
        bench.command("SET", "quantum:stream:apply.plan", "in the way");
        assertThat(bench.run(WIRING, "inject", "apply_plan", "plan_id=p", "symbol=s", "action=HOLD"))
                .isEqualTo(69);
        assertThat(bench.err.toString()).contains("WRONGTYPE").doesNotContain("\tat ");
    }
}
