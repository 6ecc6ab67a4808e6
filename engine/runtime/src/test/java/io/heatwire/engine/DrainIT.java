package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.health.DrainReport;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a stop leaves behind on a real Redis. No entry is ever taken over for being idle here, min_idle is ten minutes: only what
 * was handed back can move.
 */
class DrainIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Policy KEEP = new Policy.Keep(1_000_000);

    private final List<Engine> engines = new ArrayList<>();
    private TestRedis redis;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
    }

    @AfterEach
    void stopAll() throws Exception {
        signal("CONT");
        engines.forEach(engine -> engine.drain().block(PATIENCE));
        redis.close();
    }

    private void signal(String name) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(redis.server().pid()))
                .start()
                .waitFor();
    }

    private static SourcePlan.FromStream source(String consumer) {
        return new SourcePlan.FromStream("in", "g", consumer, 10, 100, 600_000, 16, Map.of());
    }

    private Engine start(Policy out, long drainMs, StagePlan stage) {
        EnginePlan plan = TestOperators.plan(redis.plan(), out, stage);
        Engine engine = Engine.of(
                new EnginePlan(plan.redis(), plan.streams(), plan.stages(), drainMs), new SimpleMeterRegistry());
        engines.add(engine);
        engine.start().block(PATIENCE);
        return engine;
    }

    private Engine startLate(String consumer) {
        return start(KEEP, 5000, TestOperators.lateStage(source(consumer), Map.of("max_wait_ms", 60_000L)));
    }

    private Engine startCopy(String consumer, Policy out) {
        return start(out, 300, TestOperators.copyStage(source(consumer), Map.of("guarded", false)));
    }

    private void feed(int entries) {
        IntStream.range(0, entries).forEach(n -> redis.add("in", "n", "" + n));
    }

    private long heldBy(String consumer) {
        return ((List<?>) redis.command("XPENDING", "in", "g", "-", "+", "1000", consumer)).size();
    }

    private void awaitHeldBy(String consumer, long entries) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(heldBy(consumer)).isEqualTo(entries));
    }

    private static String waiting(Engine engine) {
        return engine.health().stages().get(0).waiting();
    }

    @Test
    void letsAnotherConsumerTakeUpAtOnceWhatWaitsForAKey() {
        Engine first = startLate("a");
        feed(50);
        awaitHeldBy("a", 50);
        Engine second = startLate("b");
        DrainReport report = first.drain().block(PATIENCE);
        assertThat(report.handedBack()).isEqualTo(50);
        assertThat(report.left()).isZero();
        assertThat(report.inTime() && report.confirmed()).isTrue();
        assertThat(redis.number("EXISTS", "in:consumer:g:a")).isZero();
        awaitHeldBy("b", 50);
        IntStream.range(0, 50).forEach(n -> redis.command("HSET", "by_id:" + n, "n", "" + n));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.pending("in", "g")).isZero());
        assertThat(redis.entries("observed"))
                .hasSize(50)
                .allSatisfy(entry -> assertThat(entry).containsEntry("end", "FOUND"));
        assertThat(second.drain().block(PATIENCE).handedBack()).isZero();
    }

    @Test
    void handsBackWhatStandsBehindAFullStreamWhenItsTimeIsOver() {
        redis.command("XGROUP", "CREATE", "out", "readers", "0", "MKSTREAM");
        feed(40);
        Engine first = startCopy("a", new Policy.Cap(20, 5));
        await().atMost(PATIENCE).until(() -> waiting(first).equals("FULL"));
        DrainReport report = first.drain().block(PATIENCE);
        assertThat(report.inTime()).isFalse();
        assertThat(report.confirmed()).isTrue();
        assertThat(report.committed()).isEqualTo(20);
        assertThat(report.handedBack()).isPositive().isEqualTo(heldBy("a"));
        startCopy("b", KEEP);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.number("XLEN", "out")).isGreaterThanOrEqualTo(40));
        assertEachOnce(40);
    }

    @Test
    void handsBackWhatItNeverCameToReadOfItsOwn() {
        redis.command("XGROUP", "CREATE", "out", "readers", "0", "MKSTREAM");
        feed(60);
        redis.command("XREADGROUP", "GROUP", "g", "a", "COUNT", "60", "STREAMS", "in", ">");
        Engine first = startCopy("a", new Policy.Cap(10, 5));
        await().atMost(PATIENCE).until(() -> waiting(first).equals("FULL"));
        assertThat(first.drain().block(PATIENCE).handedBack()).isEqualTo(50);
        startCopy("b", KEEP);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.number("XLEN", "out")).isGreaterThanOrEqualTo(60));
        assertEachOnce(60);
    }

    @Test
    void keepsWhatTheStreamHasLostForTheOneWhoCountsIt() {
        Engine first = startLate("a");
        feed(5);
        awaitHeldBy("a", 5);
        redis.command("XTRIM", "in", "MAXLEN", "3");
        DrainReport report = first.drain().block(PATIENCE);
        assertThat(report.handedBack()).isEqualTo(3);
        assertThat(report.left()).isEqualTo(2);
        assertThat(redis.pending("in", "g")).isEqualTo(5);
    }

    @Test
    void endsSoonWhenRedisHangsAndSaysWhatIsLeft() throws Exception {
        redis.command("XGROUP", "CREATE", "out", "readers", "0", "MKSTREAM");
        feed(40);
        Engine first = startCopy("a", new Policy.Cap(20, 5));
        await().atMost(PATIENCE).until(() -> waiting(first).equals("FULL"));
        signal("STOP");
        DrainReport report = first.drain().block(PATIENCE);
        assertThat(report.confirmed()).isFalse();
        assertThat(report.handedBack()).isZero();
        signal("CONT");
        assertThat(redis.pending("in", "g")).isPositive();
        // The lease was not given back; but whoever asks is on the same machine, and this process lives: it has to run
        // out.
        redis.command("DEL", "in:consumer:g:a");
        startCopy("a", KEEP);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.number("XLEN", "out")).isGreaterThanOrEqualTo(40));
        assertEachOnce(40);
    }

    @Test
    void endsSoonWhenRedisIsGone() {
        Engine first = startLate("a");
        feed(5);
        awaitHeldBy("a", 5);
        redis.server().kill();
        DrainReport report = first.drain().block(PATIENCE);
        assertThat(report.confirmed()).isFalse();
        assertThat(report.handedBack()).isZero();
        redis.crash();
    }

    private void assertEachOnce(int entries) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.pending("in", "g")).isZero());
        List<String> numbers =
                redis.entries("out").stream().map(entry -> entry.get("n")).toList();
        assertThat(numbers).hasSize(entries);
        assertThat(new HashSet<>(numbers)).hasSize(entries);
    }
}
