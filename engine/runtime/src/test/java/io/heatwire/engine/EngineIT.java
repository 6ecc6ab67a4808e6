package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.health.DrainReport;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Policy KEEP = new Policy.Keep(1_000_000);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestRedis redis;
    private Engine engine;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
    }

    @AfterEach
    void stopAll() {
        if (engine != null) {
            engine.drain().block(PATIENCE);
        }
        redis.close();
    }

    private void start(Policy out, StagePlan... stages) {
        EnginePlan plan = TestOperators.plan(redis.plan(), out, stages);
        engine = Engine.of(plan, registry);
        engine.start().block(PATIENCE);
    }

    private void feed(int from, int to) {
        IntStream.range(from, to).forEach(n -> redis.add("in", "n", "" + n, "symbol", "S" + n % 3, "ts", "" + n));
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private void settled(long entries) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).committed()).isEqualTo(entries));
    }

    @Test
    void appliesTheEffectsOfEachEntryOnceAndInOrder() {
        redis.command("SET", "state", "ready");
        feed(0, 1000);
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        settled(1000);

        List<Map<String, String>> out = redis.entries("out");
        assertThat(out)
                .extracting(entry -> entry.get("n"))
                .isEqualTo(IntStream.range(0, 1000).mapToObj(String::valueOf).toList());
        assertThat(out.get(0)).containsExactly(Map.entry("n", "0"), Map.entry("seen", "ready"));
        assertThat(redis.hash("by_id:999")).containsEntry("seen", "ready");
        assertThat(redis.number("PTTL", "by_id:999")).isBetween(1L, 60_000L);
        assertThat(redis.hash("latest:S0")).containsEntry("n", "999");
        assertThat(redis.command("GET", "pointer:S0")).isEqualTo("999");
        assertThat(redis.pending("in", "g")).isZero();
        assertThat(count("test_seen_total", "result", "new")).isEqualTo(1000);
        assertThat(count("heatwire_entries_committed_total", "stage", "copy")).isEqualTo(1000);
    }

    @Test
    void tellsARepeatFromANewEntry() {
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        redis.add("in", "n", "7");
        redis.add("in", "n", "7");
        settled(2);
        assertThat(redis.entries("out")).hasSize(1);
        assertThat(count("test_seen_total", "result", "again")).isEqualTo(1);
        assertThat(count("heatwire_entries_duplicate_total", "stage", "copy")).isEqualTo(1);
    }

    @Test
    void neverLetsAnOlderEventOverwriteTheLatest() {
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        redis.add("in", "n", "a", "symbol", "X", "ts", "50");
        settled(1);
        redis.add("in", "n", "b", "symbol", "X", "ts", "40");
        settled(2);
        assertThat(redis.hash("latest:X")).containsEntry("n", "a");
        assertThat(redis.command("GET", "pointer:X")).isEqualTo("a");
        redis.add("in", "n", "c", "symbol", "X", "ts", "50");
        settled(3);
        assertThat(redis.hash("latest:X")).containsEntry("n", "c");
    }

    @Test
    void movesWhatCannotBeProcessedToTheDeadLetterStreamAndGoesOn() {
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        redis.add("in", "n", "1");
        String poison = redis.add("in", "n", "poison", "extra", "kept");
        redis.add("in", "other", "x");
        redis.add("in", "n", "2");
        settled(4);
        assertThat(redis.entries("out")).extracting(entry -> entry.get("n")).containsExactly("1", "2");
        List<Map<String, String>> dead = redis.entries("in:dead:copy");
        assertThat(dead.get(0))
                .containsEntry("n", "poison")
                .containsEntry("extra", "kept")
                .containsEntry("heatwire_source_id", poison)
                .containsEntry("heatwire_deliveries", "1")
                .containsEntry("heatwire_stage", "copy");
        assertThat(dead.get(0).get("heatwire_reason"))
                .startsWith("operator_error:")
                .contains("poison");
        assertThat(dead.get(1)).containsEntry("other", "x").containsEntry("heatwire_reason", "missing_field:n");
        assertThat(redis.pending("in", "g")).isZero();
        assertThat(count("heatwire_entries_dead_total", "stage", "copy", "reason", "missing_field"))
                .isEqualTo(1);
    }

    @Test
    void findsAFieldUnderItsAlias() {
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        redis.add("in", "number", "5");
        redis.add("in", "number", "6", "n", "");
        settled(2);
        assertThat(redis.entries("out")).extracting(entry -> entry.get("n")).containsExactly("5", "6");
    }

    @Test
    void appliesNothingOfAnEntryWhoseKeyHoldsAnotherType() {
        redis.command("SET", "by_id:3", "in the way");
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        feed(0, 6);
        settled(6);
        assertThat(redis.entries("out")).extracting(entry -> entry.get("n")).containsExactly("0", "1", "2", "4", "5");
        assertThat(redis.entries("in:dead:copy"))
                .singleElement()
                .satisfies(letter -> assertThat(letter).containsEntry("heatwire_reason", "wrong_type:by_id:3"));
        assertThat(redis.number("EXISTS", "once:3")).isZero();
    }

    @Test
    void takesUpItsOwnPendingEntriesFirst() {
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        feed(0, 250);
        redis.command("XREADGROUP", "GROUP", "g", "c", "COUNT", "150", "STREAMS", "in", ">");
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        settled(250);
        assertThat(redis.entries("out"))
                .extracting(entry -> entry.get("n"))
                .isEqualTo(IntStream.range(0, 250).mapToObj(String::valueOf).toList());
        assertThat(count("heatwire_entries_read_total", "stage", "copy", "origin", "own_pending"))
                .isEqualTo(150);
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void takesOverWhatADeadConsumerLeft() {
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        feed(0, 120);
        redis.command("XREADGROUP", "GROUP", "g", "dead", "COUNT", "120", "STREAMS", "in", ">");
        SourcePlan quick = new SourcePlan.FromStream("in", "g", "c", 50, 100, 200, 16, Map.of());
        start(KEEP, TestOperators.copyStage(quick, Map.of()));
        settled(120);
        assertThat(redis.entries("out")).hasSize(120);
        assertThat(count("heatwire_entries_reclaimed_total", "stage", "copy")).isEqualTo(120);
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void countsAndAcknowledgesPendingEntriesThatWereDeleted() {
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        feed(0, 3);
        redis.command("XREADGROUP", "GROUP", "g", "c", "COUNT", "3", "STREAMS", "in", ">");
        redis.command("XTRIM", "in", "MAXLEN", "1");
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        settled(3);
        assertThat(redis.entries("out")).extracting(entry -> entry.get("n")).containsExactly("2");
        assertThat(count("heatwire_entries_lost_total", "stage", "copy", "cause", "trimmed_pending"))
                .isEqualTo(2);
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void givesUpOnAnEntryThatWasDeliveredTooOften() {
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        feed(0, 2);
        for (int i = 0; i < 17; i++) {
            redis.command("XREADGROUP", "GROUP", "g", "c", "COUNT", "1", "STREAMS", "in", i == 0 ? ">" : "0");
        }
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        settled(2);
        assertThat(redis.entries("in:dead:copy"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.get("heatwire_reason")).startsWith("too_many_deliveries:"));
        assertThat(redis.entries("out")).extracting(entry -> entry.get("n")).containsExactly("1");
    }

    @Test
    void waitsWhenTheOutputIsFullAndGoesOnWhenThereIsRoom() {
        feed(0, 50);
        redis.command("XGROUP", "CREATE", "out", "readers", "0", "MKSTREAM");
        SourcePlan small = new SourcePlan.FromStream("in", "g", "c", 10, 100, 30_000, 16, Map.of());
        start(new Policy.Cap(20, 5), TestOperators.copyStage(small, Map.of()));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).waiting()).isEqualTo("FULL"));
        assertThat(redis.number("XLEN", "out")).isEqualTo(20);
        assertThat(engine.health().stages().get(0).committed()).isEqualTo(20);
        redis.command("XREADGROUP", "GROUP", "readers", "r", "COUNT", "20", "NOACK", "STREAMS", "out", ">");
        redis.command("XTRIM", "out", "MAXLEN", "0");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.number("XLEN", "out")).isEqualTo(20));
        redis.command("XTRIM", "out", "MAXLEN", "0");
        settled(50);
        assertThat(count("heatwire_commit_waits_total", "stage", "copy", "cause", "FULL"))
                .isPositive();
        assertThat(engine.health().stages().get(0).waiting()).isEmpty();
    }

    @Test
    void namesTheGroupThatHoldsAFullStreamUp() {
        feed(0, 50);
        redis.command("XGROUP", "CREATE", "out", "abandoned", "0", "MKSTREAM");
        redis.command("XGROUP", "CREATE", "out", "reading", "0");
        SourcePlan small = new SourcePlan.FromStream("in", "g", "c", 10, 100, 30_000, 16, Map.of());
        start(new Policy.Cap(20, 5), TestOperators.copyStage(small, Map.of()));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).waiting()).isEqualTo("FULL"));
        redis.command("XREADGROUP", "GROUP", "reading", "r", "COUNT", "20", "NOACK", "STREAMS", "out", ">");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.health().stages().get(0).error())
                        .contains("out is held up: group abandoned is furthest behind (20 entries not read, 0 pending)")
                        .contains("if nobody does, XGROUP DESTROY out abandoned"));
        redis.command("XGROUP", "DESTROY", "out", "abandoned");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).committed()).isEqualTo(40));
        redis.command("XGROUP", "DESTROY", "out", "reading");
        settled(50);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).error()).isEmpty());
    }

    @Test
    void waitsForTheGroupOfAStageThatRunsElsewhereAndHasNeverRun() {
        feed(0, 50);
        SourcePlan small = new SourcePlan.FromStream("in", "g", "c", 10, 100, 30_000, 16, Map.of());
        EnginePlan plan =
                TestOperators.plan(redis.plan(), new Policy.Cap(20, 5), TestOperators.copyStage(small, Map.of()));
        StreamPlan out = new StreamPlan("out", new Policy.Cap(20, 5), Set.of("elsewhere"));
        engine = Engine.of(new EnginePlan(plan.redis(), List.of(out), plan.stages(), plan.drainMs()), registry);
        engine.start().block(PATIENCE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.health().stages().get(0).error())
                        .contains("group elsewhere of a stage that reads it does not exist"));
        assertThat(redis.number("XLEN", "out")).isEqualTo(20);
        redis.command("XGROUP", "CREATE", "out", "elsewhere", "$");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).committed()).isGreaterThan(20));
    }

    @Test
    void saysWhatItHandsBackWhenADrainRunsOutOfTime() {
        feed(0, 40);
        redis.command("XGROUP", "CREATE", "out", "readers", "0", "MKSTREAM");
        SourcePlan small = new SourcePlan.FromStream("in", "g", "c", 10, 100, 30_000, 16, Map.of());
        start(new Policy.Cap(20, 5), TestOperators.copyStage(small, Map.of()));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).waiting()).isEqualTo("FULL"));
        DrainReport report = engine.drain().block(PATIENCE);
        assertThat(report.inTime()).isFalse();
        assertThat(report.committed()).isEqualTo(20);
        assertThat(report.handedBack()).isPositive().isEqualTo(redis.pending("in", "g"));
    }

    @Test
    void trimsWhatEveryGroupHasPassedAndNothingElse() {
        start(new Policy.Cap(10_000, 50), TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        redis.command("XGROUP", "CREATE", "out", "slow", "0", "MKSTREAM");
        redis.command("XGROUP", "CREATE", "out", "fast", "0", "MKSTREAM");
        feed(0, 1000);
        settled(1000);
        redis.command("XREADGROUP", "GROUP", "fast", "r", "COUNT", "1000", "NOACK", "STREAMS", "out", ">");
        redis.command("XREADGROUP", "GROUP", "slow", "r", "COUNT", "500", "NOACK", "STREAMS", "out", ">");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.number("XLEN", "out")).isBetween(500L, 620L));
        redis.command("XREADGROUP", "GROUP", "slow", "r", "COUNT", "1000", "NOACK", "STREAMS", "out", ">");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.number("XLEN", "out")).isLessThan(200));
    }

    @Test
    void neverStopsTheWriterOfAStreamThatNobodyReads() {
        SourcePlan small = new SourcePlan.FromStream("in", "g", "c", 20, 100, 30_000, 16, Map.of());
        feed(0, 900);
        start(new Policy.Cap(400, 50), TestOperators.copyStage(small, Map.of()));
        settled(900);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.number("XLEN", "out")).isLessThan(250));
    }

    @Test
    void goesOnAfterTheGroupAndTheStreamWereDeleted() {
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        feed(0, 10);
        settled(10);
        redis.command("DEL", "in");
        feed(10, 20);
        settled(20);
        redis.command("XGROUP", "DESTROY", "in", "g");
        feed(20, 30);
        settled(30);
        assertThat(redis.entries("out")).hasSize(30);
        assertThat(count("heatwire_group_lost_total", "stage", "copy")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void survivesTheScriptCacheBeingEmptied() {
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        feed(0, 10);
        settled(10);
        redis.command("SCRIPT", "FLUSH");
        feed(10, 20);
        settled(20);
        assertThat(engine.health().stages().get(0).epochs()).isEqualTo(1);
    }

    @Test
    void waitsWhileMemoryIsFullAndLosesNothing() {
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        feed(0, 10);
        settled(10);
        redis.command("CONFIG", "SET", "maxmemory", "1");
        String appendAnyway = "#!lua flags=allow-oom\nreturn redis.call('XADD', KEYS[1], '*', 'n', '10')";
        redis.command("EVAL", appendAnyway, "1", "in");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).waiting()).isEqualTo("OOM"));
        redis.command("CONFIG", "SET", "maxmemory", "0");
        settled(11);
        assertThat(redis.entries("out")).hasSize(11);
        assertThat(engine.health().stages().get(0).epochs()).isEqualTo(1);
    }

    @Test
    void waitsWhileReplicasAreMissingAndGoesOnInTheSameEpoch() {
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        feed(0, 10);
        settled(10);
        redis.command("CONFIG", "SET", "min-replicas-to-write", "1");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).waiting()).isEqualTo("NOREPLICAS"));
        assertThat(count("heatwire_commit_waits_total", "stage", "copy", "cause", "NOREPLICAS"))
                .isPositive();
        redis.command("CONFIG", "SET", "min-replicas-to-write", "0");
        feed(10, 20);
        settled(20);
        assertThat(engine.health().stages().get(0).waiting()).isEmpty();
        assertThat(engine.health().stages().get(0).epochs()).isEqualTo(1);
        assertThat(count("heatwire_stage_failures_total", "stage", "copy")).isZero();
    }

    @Test
    void waitsInPlaceWhenItIsStartedWhileReplicasAreMissing() {
        feed(0, 10);
        redis.command("CONFIG", "SET", "min-replicas-to-write", "1");
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(count("heatwire_commit_waits_total", "stage", "copy", "cause", "NOREPLICAS"))
                                .isGreaterThan(3));
        assertThat(engine.health().stages().get(0).waiting()).isEqualTo("NOREPLICAS");
        redis.command("CONFIG", "SET", "min-replicas-to-write", "0");
        settled(10);
        assertThat(engine.health().stages().get(0).epochs()).isEqualTo(1);
        assertThat(count("heatwire_stage_failures_total", "stage", "copy")).isZero();
    }

    @Test
    void stopsAtOnceWhileReadsAreRefused() {
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        feed(0, 10);
        settled(10);
        redis.command("CONFIG", "SET", "min-replicas-to-write", "1");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).waiting()).isEqualTo("NOREPLICAS"));
        assertThat(engine.drain().block(PATIENCE).inTime()).isTrue();
    }

    @Test
    void drainsWithinTheDeadlineAndSaysWhatItDid() {
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        feed(0, 100);
        settled(100);
        DrainReport report = engine.drain().block(PATIENCE);
        assertThat(report).isEqualTo(new DrainReport(100, 0, 0, true, true, report.tookMs()));
        assertThat(engine.health().stages().get(0).state()).isEqualTo(StageState.STOPPED);
        assertThat(engine.drain().block(PATIENCE)).isEqualTo(report);
    }

    @Test
    void ticksForEachItemAndCommitsBehindTheGuard() {
        redis.command("HSET", "given:a", "next", "key:a");
        redis.command("SET", "key:a", "found");
        StagePlan tick = new StagePlan(
                "tick",
                TestOperators.Tick.SPEC,
                TestOperators.config(TestOperators.Tick.SPEC, Map.of()),
                new SourcePlan.OnInterval(50, "item", List.of("a", "b")),
                Map.of("out", "out"),
                "tick:dead",
                1000);
        start(KEEP, tick);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).committed()).isGreaterThan(9));
        assertThat(redis.entries("out")).containsExactly(Map.of("n", "a", "seen", "found"));
    }

    @Test
    void startsWhenRedisComesBack() {
        redis.server().kill();
        engine = Engine.of(
                TestOperators.plan(redis.plan(), KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of())),
                registry);
        engine.start().subscribe();
        redis.crash();
        feed(0, 5);
        settled(5);
    }

    @Test
    void countsWhatADeadConsumerHeldWhenTheStreamNoLongerHasIt() {
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        feed(0, 3);
        redis.command("XREADGROUP", "GROUP", "g", "dead", "COUNT", "3", "STREAMS", "in", ">");
        redis.command("XTRIM", "in", "MAXLEN", "1");
        SourcePlan quick = new SourcePlan.FromStream("in", "g", "c", 50, 100, 200, 16, Map.of());
        start(KEEP, TestOperators.copyStage(quick, Map.of()));
        settled(3);
        assertThat(redis.entries("out")).extracting(entry -> entry.get("n")).containsExactly("2");
        assertThat(count("heatwire_entries_lost_total", "stage", "copy", "cause", "trimmed_pending"))
                .isEqualTo(2);
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void countsEveryEntryThatIsTrimmedJustWhenItIsTakenOver() {
        int entries = 4000;
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        String fill = "for n = 1, ARGV[1] do redis.call('XADD', KEYS[1], n .. '-0', 'n', n) end "
                + "return #redis.call('XREADGROUP', 'GROUP', 'g', 'dead', 'COUNT', ARGV[1], 'STREAMS', KEYS[1], '>')";
        redis.command("EVAL", fill, "1", "in", "" + entries);
        SourcePlan quick = new SourcePlan.FromStream("in", "g", "c", 20, 100, 1, 16, Map.of());
        start(KEEP, TestOperators.copyStage(quick, Map.of()));
        while (redis.pending("in", "g") > 0) {
            // Just ahead of what is taken over next.
            String ahead = "local p = redis.call('XPENDING', KEYS[1], 'g') if p[1] == 0 then return 0 end "
                    + "return redis.call('XTRIM', KEYS[1], 'MINID', (tonumber(p[2]:match('%d+')) + ARGV[1]) .. '-0')";
            redis.command("EVAL", ahead, "1", "in", "25");
        }
        settled(entries);
        long out = redis.number("XLEN", "out");
        assertThat(out + count("heatwire_entries_lost_total", "cause", "trimmed_pending"))
                .isEqualTo(entries);
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void takesUpWhatWasDeliveredUnderItsNameAndNeverArrived() {
        SourcePlan quick = new SourcePlan.FromStream("in", "g", "c", 2, 100, 300, 16, Map.of());
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        start(KEEP, TestOperators.copyStage(quick, Map.of()));
        feed(0, 1);
        settled(1);
        // As a reply that a broken connection or a proxy swallowed: delivered to this consumer, seen by nobody.
        String strand = "for n = 1, 5 do redis.call('XADD', KEYS[1], '*', 'n', n) end "
                + "return #redis.call('XREADGROUP', 'GROUP', 'g', 'c', 'COUNT', 5, 'STREAMS', KEYS[1], '>')";
        redis.command("EVAL", strand, "1", "in");
        settled(6);
        assertThat(redis.entries("out")).hasSize(6);
        assertThat(redis.pending("in", "g")).isZero();
        assertThat(count("heatwire_entries_refused_total", "stage", "copy")).isZero();
    }

    @Test
    void neverBuriesAnEntryForAFailureThatIsNotItsOwn() {
        SourcePlan strict = new SourcePlan.FromStream("in", "g", "c", 50, 100, 30_000, 3, Map.of());
        start(KEEP, TestOperators.copyStage(strict, Map.of()));
        feed(0, 5);
        settled(5);
        redis.command("ACL", "SETUSER", "default", "-evalsha");
        feed(5, 10);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).epochs()).isGreaterThan(6));
        redis.command("ACL", "SETUSER", "default", "+evalsha");
        settled(10);
        assertThat(redis.entries("out")).hasSize(10);
        assertThat(redis.number("EXISTS", "in:dead:copy")).isZero();
    }

    @Test
    void survivesAnErrorThatTheOperatorShouldNotThrow() {
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        redis.add("in", "n", "deep");
        feed(0, 5);
        settled(6);
        assertThat(redis.entries("out")).hasSize(5);
        assertThat(redis.entries("in:dead:copy"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.get("heatwire_reason"))
                        .startsWith("operator_error:")
                        .contains("StackOverflow"));
    }

    @Test
    void neverStopsTheWriterOfASmallStreamWhoseReaderHasReadEverything() {
        redis.command("XGROUP", "CREATE", "out", "readers", "0", "MKSTREAM");
        start(new Policy.Cap(60, 50), TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        for (int n = 0; n < 400; n += 40) {
            feed(n, n + 40);
            settled(n + 40);
            redis.command("XREADGROUP", "GROUP", "readers", "r", "COUNT", "1000", "NOACK", "STREAMS", "out", ">");
        }
    }

    @Test
    void neverTrimsAnUnreadEntryOfASmallStream() {
        redis.command("XGROUP", "CREATE", "out", "readers", "0", "MKSTREAM");
        start(new Policy.Cap(60, 50), TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        for (int n = 0; n < 400; n += 40) {
            feed(n, n + 40);
            String read =
                    "local r = redis.call('XREADGROUP', 'GROUP', 'readers', 'r', 'COUNT', 7, 'STREAMS', KEYS[1], '>') "
                            + "if not r then return 0 end for _, e in ipairs(r[1][2]) do redis.call('XACK', KEYS[1], 'readers', e[1]) "
                            + "redis.call('RPUSH', 'seen', e[2][2]) end return #r[1][2]";
            int next = n + 40;
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
                redis.command("EVAL", read, "1", "out");
                return redis.number("LLEN", "seen") >= next;
            });
        }
        assertThat((List<?>) redis.command("LRANGE", "seen", "0", "-1"))
                .isEqualTo(IntStream.range(0, 400).mapToObj(String::valueOf).toList());
    }

    @Test
    void neverStopsTheWriterOfASmallStreamThatNobodyReads() {
        SourcePlan small = new SourcePlan.FromStream("in", "g", "c", 20, 100, 30_000, 16, Map.of());
        start(new Policy.Cap(30, 25), TestOperators.copyStage(small, Map.of()));
        for (int n = 0; n < 80; n += 20) {
            feed(n, n + 20);
            settled(n + 20);
        }
    }

    @Test
    void trimsThoughTheClockOfRedisMayNotBeReadAndAnotherStreamNotBeTrimmed() {
        redis.command("ACL", "SETUSER", "default", "-time");
        SourcePlan small = new SourcePlan.FromStream("in", "g", "c", 20, 100, 30_000, 16, Map.of());
        EnginePlan plan =
                TestOperators.plan(redis.plan(), new Policy.Cap(400, 50), TestOperators.copyStage(small, Map.of()));
        List<StreamPlan> streams = new ArrayList<>(plan.streams());
        streams.add(0, new StreamPlan("not_a_stream", new Policy.Cap(10, 5)));
        redis.command("SET", "not_a_stream", "x");
        engine = Engine.of(new EnginePlan(plan.redis(), streams, plan.stages(), plan.drainMs()), registry);
        engine.start().block(PATIENCE);
        feed(0, 900);
        settled(900);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).backlog()).isZero());
    }

    @Test
    void doesNothingAgainWhenTheGroupIsDestroyedRightAfterARestart() {
        StagePlan stage = TestOperators.copyStage(TestOperators.source("c"), Map.of("guarded", false));
        start(KEEP, stage);
        feed(0, 10);
        settled(10);
        engine.drain().block(PATIENCE);
        start(KEEP, stage);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).backlog()).isZero());
        redis.command("XGROUP", "DESTROY", "in", "g");
        feed(10, 11);
        settled(1);
        assertThat(redis.entries("out"))
                .extracting(entry -> entry.get("n"))
                .isEqualTo(IntStream.range(0, 11).mapToObj(String::valueOf).toList());
    }
}
