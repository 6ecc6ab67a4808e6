package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import io.heatwire.engine.Engine;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about dead letters as a person gives them, beside a running engine, on a real server. */
final class DeadCommandIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String WIRING = """
            heatwire: 1
            redis: { host: "${REDIS_HOST}", port: "${REDIS_PORT}", password: "${REDIS_PASSWORD:-}" }
            streams:
              plans: { key: plans, external: a planner, pace_s: 60 }
              decisions: { key: decisions, keep: 100000, terminal: true }
              results: { key: results, keep: 1000, terminal: true }
            lookups:
              state: { key: state, type: hash, external: somebody }
              shadow: { key: "shadow:{symbol}", type: hash, terminal: true }
            stages:
              gate:
                operator: heat_gate
                in: plans
                min_idle_ms: 1000
                out: { decision: decisions }
                keys: { state: state, shadow: shadow }
            """;

    private static LocalRedis redis;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private RedisAccess access;
    private Engine engine;
    private Path wiring;

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

    @BeforeEach
    void writeWiring() throws IOException {
        wiring = Files.writeString(directory.resolve("wiring.yaml"), WIRING);
        environment.put("REDIS_HOST", redis.host());
        environment.put("REDIS_PORT", Integer.toString(redis.port()));
        environment.put("REDIS_PASSWORD", redis.password());
        access = RedisAccess.connect(new RedisPlan(redis.host(), redis.port(), 0, null, redis.password(), false, 3000))
                .block(PATIENCE);
        command("FLUSHALL");
    }

    @AfterEach
    void stopEngine() {
        assertThat(out + err.toString()).doesNotContain("\tat ", "Exception");
        if (engine != null) {
            engine.drain().block(PATIENCE);
        }
        access.close().block(PATIENCE);
    }

    private Object command(String name, String... args) {
        return access.command(name, args).block(PATIENCE);
    }

    private String add(String... pairs) {
        List<String> args = new ArrayList<>(List.of("plans", "*"));
        args.addAll(List.of(pairs));
        return (String) command("XADD", args.toArray(new String[0]));
    }

    private void startEngine() {
        WiringResult.Ready ready = (WiringResult.Ready) Wiring.load(wiring, environment, OperatorCatalog.all());
        engine = Engine.of(ready.plan().engine(), new SimpleMeterRegistry());
        engine.start().block(PATIENCE);
    }

    private void letters(long count) {
        await().atMost(PATIENCE).until(() -> command("XLEN", "plans:dead:gate").equals(count));
    }

    /** Plans whose shadow key is in the way: letters of the reason wrong_type until it is taken away. */
    private void wrongType(int count) {
        command("SET", "shadow:BTCUSDT", "in the way");
        IntStream.range(0, count).forEach(n -> add("symbol", "BTCUSDT", "action", "HOLD", "plan_id", "p" + n));
    }

    private int run(String... args) {
        return run(out, err, args);
    }

    private int run(StringWriter toOut, StringWriter toErr, String... args) {
        List<String> all = new ArrayList<>(List.of("dead"));
        all.addAll(List.of(args));
        all.addAll(List.of("--wiring", wiring.toString()));
        Console console =
                new Console(new PrintWriter(toOut, true), new PrintWriter(toErr, true), environment, new StopRequest());
        return Main.run(console, all.toArray(new String[0]));
    }

    private String newestLetter() {
        List<?> newest = (List<?>) command("XREVRANGE", "plans:dead:gate", "+", "-", "COUNT", "1");
        return (String) ((List<?>) newest.get(0)).get(0);
    }

    @Test
    void listsHowManyHowOldAndWhy() {
        assertThat(run("ls")).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                STAGE  LETTERS  OLDEST  NEWEST  REASONS
                gate         0  -       -       -
                """);
        wrongType(2);
        add("symbol", "X");
        startEngine();
        letters(3);
        assertThat(run("ls", "--stage", "gate")).isZero();
        assertThat(out.toString()).containsPattern("gate +3  \\d+ s +\\d+ s +wrong_type 2, missing_field 1\n");
        out.getBuffer().setLength(0);
        assertThat(run("ls", "--format", "json")).isZero();
        assertThat(JsonParser.parseString(out.toString())
                        .getAsJsonObject()
                        .getAsJsonArray("stages")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonObject("reasons")
                        .get("wrong_type")
                        .getAsLong())
                .isEqualTo(2);
    }

    @Test
    void saysWhenThereAreMoreLettersThanItCountsReasonsOver() {
        command(
                "EVAL",
                "for i = 1, 10050 do redis.call('XADD', KEYS[1], '*', 'heatwire_reason', 'r:' .. i, 'heatwire_source_id', '1-1',"
                        + " 'heatwire_deliveries', 1, 'heatwire_stage', 'gate') end return 1",
                "1",
                "plans:dead:gate");
        assertThat(run("ls")).isZero();
        assertThat(out.toString()).contains("10050").contains("r 10000 (counted over the newest 10000)");
    }

    @Test
    void showsWhateverAProducerWroteWithoutHarm() {
        String hostile =
                "return redis.call('XADD', KEYS[1], '*', '\\27[2J\\27]0;owned\\7', '\\r\\n<script>alert(1)</script>', "
                        + "'symbol', '\\255\\254\\0', 'heatwire_reason', 'fake', 'long', string.rep('x', 100000), '\\226\\128\\174rtl', '')";
        command("EVAL", hostile, "1", "plans");
        startEngine();
        letters(1);
        assertThat(run("show", "gate")).isZero();
        assertThat(out.toString().replace("\n", ""))
                .matches(text -> text.codePoints().noneMatch(Character::isISOControl));
        assertThat(out.toString())
                .contains("  reason      unreadable:not UTF-8\n")
                .contains("  fields      5\n")
                .contains("    \"\\u001b[2J\\u001b]0;owned\\u0007\" = \"\\r\\n<script>alert(1)</script>\"\n")
                .contains("    symbol = \"\\xff\\xfe\\u0000\"\n")
                .contains("    heatwire_reason = \"fake\"\n")
                .contains("x\"... (100000 bytes; --full shows all)\n")
                .contains("    \"\\u202ertl\" = \"\"\n");
        assertThat(out.toString().length()).isLessThan(2000);
        assertThat(run("show", "gate", newestLetter(), "--full")).isZero();
        assertThat(out.toString()).contains("x".repeat(100_000));
    }

    @Test
    void showsTenThousandFieldsWhenAskedTo() {
        String[] pairs = new String[20_000];
        IntStream.range(0, pairs.length).forEach(i -> pairs[i] = "f" + i);
        add(pairs);
        startEngine();
        letters(1);
        assertThat(run("show", "gate")).isZero();
        assertThat(out.toString()).contains("fields      10000").contains("... and 9950 more (--full shows all)");
        assertThat(run("show", "gate", "--full")).isZero();
        assertThat(out.toString()).contains("    f19998 = \"f19999\"\n");
    }

    @Test
    void showsTheNewestLettersOfAReasonTheNewestLast() {
        wrongType(5);
        add("symbol", "X");
        startEngine();
        letters(6);
        assertThat(run("show", "gate", "--reason", "wrong_type", "--last", "2")).isZero();
        assertThat(out.toString()).doesNotContain("p2").containsSubsequence("p3", "p4");
        assertThat(run("show", "gate", "--reason", "wrong")).isZero();
        assertThat(out.toString()).contains("none of the newest letters of gate has the reason wrong");
        assertThat(run("show", "gate", "1-1")).isEqualTo(1);
        assertThat(err.toString()).contains("heatwire: gate has no letter 1-1");
    }

    @Test
    void putsEveryLetterBackOnceThoughTwoPeopleAskAtTheSameTime() {
        wrongType(200);
        startEngine();
        letters(200);
        command("DEL", "shadow:BTCUSDT");
        List<CompletableFuture<Integer>> people = IntStream.range(0, 2)
                .mapToObj(person -> CompletableFuture.supplyAsync(
                        () -> run(new StringWriter(), new StringWriter(), "requeue", "gate", "--all")))
                .toList();
        assertThat(people).allSatisfy(person -> assertThat(person.join()).isZero());
        await().atMost(PATIENCE).until(() -> command("XLEN", "decisions").equals(200L));
        await().atMost(PATIENCE)
                .until(() ->
                        ((List<?>) command("XPENDING", "plans", "gate")).get(0).equals(0L));
        assertThat(run("requeue", "gate", "--all")).isZero();
        assertThat(out.toString()).contains("put back 0 of 0 letters of gate");
        assertThat(command("XLEN", "decisions")).isEqualTo(200L);
        assertThat(command("XLEN", "plans")).isEqualTo(200L);
    }

    @Test
    void saysOfEachLetterThatStayedWhyAndWhatToDo() {
        command("XGROUP", "CREATE", "plans", "other", "0", "MKSTREAM");
        wrongType(3);
        startEngine();
        letters(3);
        engine.drain().block(PATIENCE);
        command("XTRIM", "plans", "MAXLEN", "1");
        command("XADD", "plans:dead:gate", "*", "by", "hand");

        assertThat(run("requeue", "gate", "--all")).isEqualTo(1);
        assertThat(out.toString()).contains("put back 1 of 4 letters of gate");
        assertThat(err.toString().lines())
                .hasSize(3)
                .anySatisfy(
                        line -> assertThat(line)
                                .contains(
                                        "has left plans, and a new one would also be read by group other; --to-all-groups appends"))
                .anySatisfy(line -> assertThat(line).contains("stays: no stage wrote it"));
        assertThat(run("requeue", "gate", "--all", "--limit", "1", "--to-all-groups"))
                .isZero();
        assertThat(out.toString()).contains("put back 1 of 1 letters of gate, 1 of them as new entries");
        assertThat(run("requeue", "gate", "1-1")).isEqualTo(1);
        assertThat(err.toString()).contains("heatwire: 1-1 there is no such letter");
    }

    @Test
    void deletesOnlyWhenToldSoTwice() {
        wrongType(2);
        add("symbol", "X");
        startEngine();
        letters(3);
        assertThat(run("drop", "gate", "--all", "--reason", "wrong_type")).isEqualTo(64);
        assertThat(err.toString())
                .contains(
                        "this would delete 2 letters of gate for good; nothing was deleted. Add --yes to delete them");
        letters(3);
        assertThat(run("drop", "gate", newestLetter(), "1-1")).isEqualTo(64);
        assertThat(err.toString()).contains("this would delete 1 letter of gate");
        assertThat(run("drop", "gate", "--all", "--reason", "wrong_type", "--yes"))
                .isZero();
        assertThat(out.toString()).contains("deleted 2 letters of gate");
        assertThat(run("drop", "gate", newestLetter(), "1-1", "--yes")).isEqualTo(1);
        assertThat(out.toString()).contains("deleted 1 letter of gate");
        assertThat(err.toString()).contains("1 of the ids had no letter");
        letters(0);
    }

    @Test
    void saysInOneLineThatRedisIsAwayOrRefusesWithExit69() {
        environment.put("REDIS_PORT", "1");
        assertThat(run("ls")).isEqualTo(69);
        assertThat(err.toString().lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("heatwire: no answer from redis://127.0.0.1:1/0: ")
                        .endsWith("is it running, and is this the wiring of that server?"));
        environment.put("REDIS_PORT", Integer.toString(redis.port()));
        environment.put("REDIS_PASSWORD", "wr0ng-s3cret");
        assertThat(run("requeue", "gate", "--all")).isEqualTo(69);
        assertThat(err.toString().lines()).hasSize(2);
        assertThat(err.toString()).doesNotContain("s3cret");
    }

    @Test
    void saysInOneLineWhenTheKeyOfTheLettersIsNoStream() {
        command("SET", "plans:dead:gate", "x");
        for (String[] args :
                new String[][] {{"ls"}, {"show", "gate"}, {"requeue", "gate", "--all"}, {"drop", "gate", "--all"}}) {
            assertThat(run(args)).isEqualTo(69);
        }
        assertThat(err.toString().lines())
                .hasSize(4)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("heatwire: redis://")
                        .contains(" refuses: ", "wrong kind of value"));
    }

    @Test
    void refusesACommandLineItDoesNotUnderstandWithExit64() {
        for (String[] args : new String[][] {
            {"show", "gat"},
            {"show", "gate", "seven"},
            {"show", "gate", "1-1", "--reason", "x"},
            {"show", "gate", "--last", "0"},
            {"requeue", "gate"},
            {"requeue", "gate", "1-1", "--all"},
            {"requeue", "gate", "1-1", "--reason", "x"},
            {"requeue", "gate", "1-1", "--limit", "5"},
            {"requeue", "gate", "--all", "--limit", "0"},
            {"requeue", "gate", "--all", "--reason", "missing_field:x"},
            {"drop", "gate", "--yes"},
            {"ls", "--format", "xml"},
        }) {
            assertThat(run(args)).as(String.join(" ", args)).isEqualTo(64);
        }
        assertThat(err.toString())
                .contains("no stage 'gat' is switched on in " + wiring + "; write gate")
                .contains("'seven' is not the id of a letter, such as 1795340206775-0")
                .contains("which letters? give their ids, or --all")
                .contains("--reason takes the word in front of the colon: missing_field");
    }

    @Test
    void refusesAWrongWiringWithExit78() throws IOException {
        Files.writeString(wiring, "heatwire: 2\n");
        assertThat(run("ls")).isEqualTo(78);
        assertThat(err.toString()).contains("wiring.yaml:1:11");
    }
}
