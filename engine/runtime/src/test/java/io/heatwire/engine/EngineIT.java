package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.health.DrainReport;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a stage does with what comes in, from its start to its drain. */
class EngineIT extends OneEngineOnRedis {

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
