package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.health.Health;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.plan.OnGroupLost;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A group destroyed, a stream deleted, a server emptied, a group set back. Without once-guards: a repeat would show. */
class GroupLostIT {

    private static final long NEVER_IDLE_MS = 600_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Policy KEEP = new Policy.Keep(1_000_000);
    private static final String FEED = "for n = tonumber(ARGV[1]), tonumber(ARGV[2]) - 1 do "
            + "redis.call('XADD', KEYS[1], '*', 'n', n) end return 1";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Engine> engines = new ArrayList<>();
    private TestRedis redis;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
    }

    @AfterEach
    void stopAll() {
        engines.forEach(engine -> engine.drain().block(PATIENCE));
        redis.close();
    }

    private Engine start(String consumer, OnGroupLost answer, SimpleMeterRegistry meters) {
        return start(consumer, 400, answer, meters);
    }

    private Engine start(String consumer, long minIdleMs, OnGroupLost answer, SimpleMeterRegistry meters) {
        SourcePlan source =
                new SourcePlan.FromStream("in", "g", consumer, 20, 200, minIdleMs, 16, Map.of()).onGroupLost(answer);
        Engine engine = Engine.of(
                TestOperators.plan(redis.plan(), KEEP, TestOperators.copyStage(source, Map.of("guarded", false))),
                meters);
        engines.add(engine);
        engine.start().block(PATIENCE);
        return engine;
    }

    private Engine start(OnGroupLost answer) {
        return start("c", answer, registry);
    }

    private void feed(int from, int to) {
        redis.command("EVAL", FEED, "1", "in", "" + from, "" + to);
    }

    private List<String> numbers() {
        return redis.entries("out").stream().map(entry -> entry.get("n")).toList();
    }

    private static List<String> range(int from, int to) {
        return IntStream.range(from, to).mapToObj(String::valueOf).toList();
    }

    private void out(long entries) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.number("XLEN", "out")).isEqualTo(entries));
    }

    private void nothingPending() {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(redis.pending("in", "g")).isZero());
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private static StageHealth health(Engine engine) {
        Health health = engine.health();
        return health.stages().get(0);
    }

    private void accountIsClosed() {
        Map<String, String> saved = redis.hash("in:offset:g");
        assertThat(Long.parseLong(saved.get("base")) + Long.parseLong(saved.get("settled")))
                .isEqualTo(Long.parseLong(saved.get("read")));
    }

    @Test
    void losesAndDoublesNothingWhenTheGroupIsDestroyedUnderLoad() {
        start(OnGroupLost.RESUME);
        destroyUnderLoad(8, "");
        assertThat(numbers()).isEqualTo(range(0, 8000));
        assertThat(count("heatwire_group_lost_total", "stage", "copy")).isPositive();
        assertThat(count("heatwire_group_rewound_total", "stage", "copy")).isZero();
    }

    @Test
    void losesAndDoublesNothingWhenTwoEnginesReadAGroupThatIsDestroyedUnderLoad() {
        start("a", OnGroupLost.RESUME, registry);
        start("b", OnGroupLost.RESUME, new SimpleMeterRegistry());
        destroyUnderLoad(8, "dead");
    }

    /** A consumer that dies with entries in its hands keeps a gap before what the others settle. */
    private void destroyUnderLoad(int rounds, String dying) {
        for (int round = 0; round < rounds; round++) {
            long before = redis.number("XLEN", "out");
            feed(round * 1000, (round + 1) * 1000);
            if (!dying.isEmpty()) {
                await().atMost(PATIENCE).ignoreExceptions().until(() -> hold(dying));
            }
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> redis.number("XLEN", "out") > before + 50);
            redis.command("XGROUP", "DESTROY", "in", "g");
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.number("XLEN", "out")).isGreaterThanOrEqualTo(rounds * 1000L));
        nothingPending();
        assertThat(numbers()).hasSize(rounds * 1000);
        assertThat(new HashSet<>(numbers())).hasSize(rounds * 1000);
        accountIsClosed();
    }

    private boolean hold(String consumer) {
        redis.command("XREADGROUP", "GROUP", "g", consumer, "COUNT", "10", "STREAMS", "in", ">");
        return true;
    }

    @Test
    void goesOnWhereItStoodThoughItWasAwayWhenTheGroupWasLost() {
        Engine first = start(OnGroupLost.RESUME);
        feed(0, 100);
        out(100);
        first.drain().block(PATIENCE);
        feed(100, 110);
        redis.command("XREADGROUP", "GROUP", "g", "dead", "COUNT", "5", "STREAMS", "in", ">");
        Engine second = start("c", NEVER_IDLE_MS, OnGroupLost.RESUME, registry);
        out(105);
        second.drain().block(PATIENCE);
        // 100 to 104 are still held by a consumer that is gone, and what is behind them is settled.
        redis.command("XGROUP", "DESTROY", "in", "g");
        start(OnGroupLost.RESUME);
        out(110);
        nothingPending();
        assertThat(numbers()).containsExactlyInAnyOrderElementsOf(range(0, 110));
        accountIsClosed();
    }

    @Test
    void readsEverythingAgainWhenThePlanSaysEarliest() {
        start(OnGroupLost.EARLIEST);
        feed(0, 30);
        out(30);
        redis.command("XGROUP", "DESTROY", "in", "g");
        out(60);
        assertThat(count("heatwire_group_lost_total", "stage", "copy")).isEqualTo(1);
        nothingPending();
        accountIsClosed();
    }

    @Test
    void skipsAndCountsWhatIsThereWhenThePlanSaysLatest() {
        Engine first = start(OnGroupLost.LATEST);
        feed(0, 30);
        out(30);
        first.drain().block(PATIENCE);
        redis.command("XGROUP", "DESTROY", "in", "g");
        feed(30, 42);
        Engine second = start("c", OnGroupLost.LATEST, registry);
        await().atMost(PATIENCE).until(() -> health(second).state() == StageState.RUNNING);
        feed(42, 50);
        out(38);
        assertThat(numbers()).endsWith("42", "43", "44", "45", "46", "47", "48", "49");
        assertThat(count("heatwire_entries_lost_total", "stage", "copy", "cause", "skipped"))
                .isEqualTo(12);
        assertThat(count("heatwire_group_lost_total", "stage", "copy")).isEqualTo(1);
        nothingPending();
        accountIsClosed();
    }

    @Test
    void waitsForAPersonWhenThePlanSaysStopAndGoesOnWhenTheCommandItNamesWasRun() {
        Engine engine = start(OnGroupLost.STOP);
        feed(0, 30);
        out(30);
        redis.command("XGROUP", "DESTROY", "in", "g");
        feed(30, 40);
        await().atMost(PATIENCE)
                .until(() -> health(engine).state() == StageState.BACKING_OFF
                        && health(engine).error().contains("on_group_lost"));
        await().atMost(PATIENCE).until(() -> health(engine).epochs() > 4);
        assertThat(count("heatwire_group_lost_total", "stage", "copy")).isEqualTo(1);
        Matcher named = Pattern.compile("redis-cli (XGROUP CREATE [^;]*)")
                .matcher(health(engine).error());
        assertThat(named.find()).isTrue();
        List<String> words = List.of(named.group(1).split(" "));
        redis.command(words.get(0), words.subList(1, words.size()).toArray(new String[0]));
        out(40);
        assertThat(numbers()).isEqualTo(range(0, 40));
        assertThat(count("heatwire_group_rewound_total", "stage", "copy")).isZero();
        nothingPending();
        accountIsClosed();
    }

    @Test
    void readsWhatArrivesWithSmallerIdsAfterTheStreamWasDeleted() {
        start(OnGroupLost.RESUME);
        feed(0, 30);
        out(30);
        redis.command("DEL", "in");
        redis.command("XADD", "in", "1-0", "n", "30");
        redis.command("XADD", "in", "2-0", "n", "31");
        out(32);
        redis.command("XADD", "in", "3-0", "n", "32");
        out(33);
        assertThat(numbers()).isEqualTo(range(0, 33));
        assertThat(count("heatwire_group_lost_total", "stage", "copy")).isEqualTo(1);
        nothingPending();
        accountIsClosed();
    }

    @Test
    void readsWhatArrivesWithSmallerIdsAfterTheServerWasEmptied() {
        Engine engine = start(OnGroupLost.RESUME);
        feed(0, 30);
        out(30);
        redis.command("FLUSHALL");
        redis.command("XADD", "in", "1-0", "n", "30");
        out(1);
        await().atMost(PATIENCE).until(() -> health(engine).epochs() > 1);
        redis.command("XADD", "in", "2-0", "n", "31");
        out(2);
        assertThat(numbers()).isEqualTo(range(30, 32));
        assertThat(count("heatwire_group_lost_total", "stage", "copy")).isEqualTo(1);
    }

    @Test
    void replaysByDesignWhenTheGroupIsSetBackAndSaysSoOnce() {
        start(OnGroupLost.RESUME);
        feed(0, 60);
        out(60);
        nothingPending();
        redis.command("XGROUP", "SETID", "in", "g", "0");
        feed(60, 61);
        out(121);
        nothingPending();
        assertThat(count("heatwire_group_rewound_total", "stage", "copy")).isEqualTo(1);
        assertThat(redis.hash("in:offset:g"))
                .containsEntry("last", redis.hash("in:offset:g").get("low"));
        accountIsClosed();
        redis.command("XGROUP", "DESTROY", "in", "g");
        feed(61, 62);
        out(122);
    }

    @Test
    void waitsWhileTheSavedOffsetIsNoHashAndGoesOnWhenThatKeyIsMovedAway() {
        Engine engine = start(OnGroupLost.RESUME);
        feed(0, 10);
        out(10);
        redis.command("SET", "in:offset:g", "in the way");
        feed(10, 20);
        await().atMost(PATIENCE).until(() -> health(engine).waiting().equals("BADKEY"));
        redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        await().atMost(PATIENCE)
                .until(() -> health(engine).error().contains("in:offset:g is not a hash; move that key away"));
        redis.command("DEL", "in:offset:g");
        out(20);
        assertThat(numbers()).isEqualTo(range(0, 20));
        nothingPending();
        accountIsClosed();
    }
}
