package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.health.DrainReport;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams with a cap: who waits when they are full, who is named, and what is trimmed. */
class CappedStreamsIT extends OneEngineOnRedis {

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
}
