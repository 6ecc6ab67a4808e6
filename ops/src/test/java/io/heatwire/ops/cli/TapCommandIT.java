package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** heatwire tap as a person gives it, on a real server. */
final class TapCommandIT {

    private static final String WIRING = """
            heatwire: 1
            redis: { host: "${REDIS_HOST}", port: "${REDIS_PORT}", password: "${REDIS_PASSWORD:-}" }
            streams:
              plans: { key: "x:plans", external: a planner, pace_s: 60 }
              decisions: { key: "x:decisions", keep: 100000, terminal: true }
            lookups:
              state: { key: state, type: hash, external: somebody }
              shadow: { key: "shadow:{symbol}", type: hash, terminal: true }
            stages:
              gate:
                operator: heat_gate
                in: plans
                out: { decision: decisions }
                keys: { state: state, shadow: shadow }
            """;

    private static CommandBench bench;

    @TempDir
    private Path directory;

    private Path wiring;

    @BeforeAll
    static void start() {
        bench = new CommandBench();
    }

    @AfterAll
    static void end() {
        bench.close();
    }

    @BeforeEach
    void writeWiring() throws IOException {
        bench.reset();
        wiring = Files.writeString(directory.resolve("wiring.yaml"), WIRING);
    }

    private CompletableFuture<Integer> tap(Writer to, String... args) {
        CompletableFuture<Integer> tap = CompletableFuture.supplyAsync(() -> bench.run(to, wiring, args));
        await().atMost(CommandBench.PATIENCE)
                .until(() -> tap.isDone() || bench.err.toString().contains("following"));
        return tap;
    }

    private long calls(String command) {
        String stats = (String) bench.command("INFO", "commandstats");
        return stats.lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("^cmdstat_\\w+:calls=(\\d+),.*", "$1")))
                .sum();
    }

    @Test
    void followsWhatAStageReadsAndWritesAndTouchesNoGroup() {
        bench.add("x:plans", "plan_id", "before");
        bench.command("XGROUP", "CREATE", "x:plans", "gate", "0");
        bench.command("XREADGROUP", "GROUP", "gate", "someone", "COUNT", "1", "STREAMS", "x:plans", ">");
        CompletableFuture<Integer> tap = tap(bench.out, "tap", "gate");
        bench.add("x:plans", "plan_id", "p1", "password", "hunter2");
        bench.add("x:decisions", "plan_id", "p1");
        await().atMost(CommandBench.PATIENCE)
                .until(() -> bench.out.toString().lines().count() == 2);
        bench.stop();

        assertThat(tap.join()).isZero();
        assertThat(bench.out.toString())
                .contains("  plans      ", "  decisions  ", "plan_id=p1 password=***")
                .doesNotContain("before", "hunter2");
        assertThat(bench.err.toString()).contains("following plans, decisions").contains("2 shown, 0 skipped");
        List<?> group = (List<?>) ((List<?>) bench.command("XINFO", "GROUPS", "x:plans")).get(0);
        assertThat(group.toString()).contains("consumers, 1", "pending, 1", "entries-read, 1", "lag, 1");
        assertThat(calls("xreadgroup")).isEqualTo(1);
    }

    @Test
    void showsWhatIsThereAlreadyFromAnIdOn() {
        bench.add("x:plans", "n", "1");
        String second = bench.add("x:plans", "n", "2", "kind", "a");
        bench.add("x:plans", "n", "3", "kind", "b");
        bench.add("x:plans", "n", "4", "kind", "a");
        assertThat(bench.run(wiring, "tap", "plans", "--from", second, "--count", "3"))
                .isZero();
        assertThat(bench.out.toString()).contains("n=2", "n=3", "n=4").doesNotContain("n=1");
        bench.clear();
        assertThat(bench.run(
                        wiring,
                        "tap",
                        "x:plans",
                        "--from",
                        "-",
                        "--match",
                        "kind=a",
                        "--count",
                        "2",
                        "--format",
                        "json"))
                .isZero();
        assertThat(bench.out
                        .toString()
                        .lines()
                        .map(line -> JsonParser.parseString(line)
                                .getAsJsonObject()
                                .getAsJsonObject("fields")
                                .get("n")
                                .getAsString()))
                .containsExactly("2", "4");
        assertThat(bench.err.toString()).contains("2 shown, 0 skipped (more than --rate), 2 without");
    }

    @Test
    void saysHowManyItSkippedWhenTooManyCome() {
        CompletableFuture<Integer> tap = tap(bench.out, "tap", "plans", "--rate", "1");
        bench.command("EVAL", "for i = 1, 500 do redis.call('XADD', KEYS[1], '*', 'n', i) end", "1", "x:plans");
        await().atMost(CommandBench.PATIENCE).until(() -> bench.err.toString().contains(" skipped: more than --rate"));
        bench.stop();
        assertThat(tap.join()).isZero();
        String counts =
                bench.err.toString().lines().reduce((first, second) -> second).orElseThrow();
        long shown = bench.out.toString().lines().count();
        assertThat(shown).isBetween(1L, 499L);
        assertThat(counts).startsWith(shown + " shown, " + (500 - shown) + " skipped");
    }

    @Test
    void aReaderWhoDoesNotReadIsWaitedForWithoutReadingOn() {
        CountDownLatch reads = new CountDownLatch(1);
        Writer stuck = new Writer() {

            @Override
            public void write(char[] text, int from, int length) {
                try {
                    reads.await();
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        bench.command("EVAL", "for i = 1, 5000 do redis.call('XADD', KEYS[1], '*', 'n', i) end", "1", "x:plans");
        long before = calls("xread");
        CompletableFuture<Integer> tap = tap(stuck, "tap", "plans", "--from", "-", "--rate", "100000");
        await().atMost(CommandBench.PATIENCE).until(() -> calls("xread") == before + 1);
        bench.command("EVAL", "for i = 1, 5000 do redis.call('XADD', KEYS[1], '*', 'n', i) end", "1", "x:plans");
        await().during(Duration.ofSeconds(2)).atMost(CommandBench.PATIENCE).until(() -> calls("xread") == before + 1);
        bench.stop();
        reads.countDown();
        assertThat(tap.join()).isZero();
    }

    @Test
    void aClosedPipeEndsIt() {
        Writer closed = new Writer() {

            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        bench.add("x:plans", "n", "1");
        assertThat(bench.run(closed, wiring, "tap", "plans", "--from", "-")).isZero();
        assertThat(bench.err.toString()).contains("1 shown").doesNotContain("\tat ");
    }

    @Test
    void refusesWhatItCannotFollow() throws IOException {
        for (String[] args : new String[][] {
            {"tap", "plan"},
            {"tap", "plans", "--rate", "0"},
            {"tap", "plans", "--count", "-1"},
            {"tap", "plans", "--from", "yesterday"},
            {"tap", "plans", "--match", "plan_id"},
        }) {
            assertThat(bench.run(wiring, args)).as(String.join(" ", args)).isEqualTo(64);
        }
        assertThat(bench.err.toString()).contains("no stream or stage 'plan' in this wiring; write plans");
        bench.command("SET", "x:plans", "in the way");
        assertThat(bench.run(wiring, "tap", "plans")).isEqualTo(69);
        assertThat(bench.err.toString()).contains("wrong kind of value");
        Files.writeString(wiring, "heatwire: 2\n");
        assertThat(bench.run(wiring, "tap", "plans")).isEqualTo(78);
    }
}
