package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.change.PlanChange;
import io.heatwire.engine.health.DrainReport;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Going over to another plan while entries flow. Nothing is taken over for being idle here: only what was handed back can move. */
class ChangeIT extends ChangingPlan {

    @Test
    void restartsOnlyTheStageThatChangedAndWithItsNewSettings() {
        StagePlan steady = Stamp.stage("steady", "in", "other", "s");
        start(plan(Stamp.stage("stamp", "in", "out", "one"), steady));
        feed(0, 100);
        awaitEachOnce(redis, "out", 100);

        PlanChange change = change(plan(Stamp.stage("stamp", "in", "out", "two"), steady));
        feed(100, 200);
        awaitEachOnce(redis, "out", 200);
        awaitEachOnce(redis, "other", 200);

        assertThat(change).hasToString("stamp changed; 1 untouched");
        assertThat(stamps("out").subList(100, 200)).containsOnly("two");
        assertThat(health("steady").epochs()).isEqualTo(1);
        assertThat(health("steady").committed()).isEqualTo(200);
        assertThat(health("stamp").committed()).isEqualTo(100);
        DrainReport report = engine.drain().block(PATIENCE);
        assertThat(report.committed()).isEqualTo(400);
        assertThat(redis.number("EXISTS", "in:consumer:stamp:stamp_1", "in:consumer:steady:steady_1"))
                .isZero();
    }

    @Test
    void doesNothingWhenNothingChanged() {
        start(plan(Stamp.stage("stamp", "in", "out", "one")));
        assertThat(change(plan(Stamp.stage("stamp", "in", "out", "one"))).isNothing())
                .isTrue();
        assertThat(health("stamp").epochs()).isEqualTo(1);
    }

    @Test
    void restartsNothingWhenOnlyThePlansOwnTimesChange() {
        StagePlan stage = Stamp.stage("stamp", "in", "out", "one");
        start(plan(stage));
        PlanChange change = change(plan(redis.plan(), KEEP, 1234, stage));
        assertThat(change.isNothing()).isFalse();
        assertThat(change).hasToString("no stage changed; 1 untouched");
        assertThat(health("stamp").epochs()).isEqualTo(1);
    }

    @Test
    void restartsAStageWhoseOutputIsBoundedOtherwise() {
        StagePlan stage = Stamp.stage("stamp", "in", "out", "one");
        start(plan(stage));
        assertThat(change(plan(redis.plan(), new Policy.Keep(10), 3000, stage)).changed())
                .containsExactly("stamp");
        feed(0, 1000);
        await().atMost(PATIENCE)
                .until(() ->
                        redis.pending("in", "stamp") == 0 && health("stamp").committed() == 1000);
        assertThat(redis.number("XLEN", "out")).isLessThan(1000);
    }

    @Test
    void startsWhatWasAddedAndLeavesNothingOfWhatWasRemoved() {
        start(plan(Stamp.stage("old", "in", "out", "one")));
        feed(0, 10);
        awaitEachOnce(redis, "out", 10);

        PlanChange change = change(plan(Stamp.stage("young", "in", "other", "two")));

        assertThat(change).hasToString("young added, old removed; 0 untouched");
        awaitEachOnce(redis, "other", 10);
        feed(10, 20);
        awaitEachOnce(redis, "other", 20);
        assertThat(redis.number("XLEN", "out")).isEqualTo(10);
        assertThat(engine.health().stages()).extracting(StageHealth::stage).containsExactly("young");
        assertThat(redis.number("EXISTS", "in:consumer:old:old_1")).isZero();
        assertThat(redis.pending("in", "old")).isZero();
        assertThat(registry.find("heatwire_stage_up").tag("stage", "old").gauges())
                .isEmpty();
        assertThat(registry.find("heatwire_stage_up").tag("stage", "other").gauges())
                .isEmpty();
        assertThat(registry.get("heatwire_stage_up")
                        .tag("stage", "young")
                        .gauge()
                        .value())
                .isEqualTo(1);
        // What was removed may come back, and goes on where it stood.
        change(plan(Stamp.stage("young", "in", "other", "two"), Stamp.stage("old", "in", "out", "one")));
        awaitEachOnce(redis, "out", 20);
        assertThat(registry.get("heatwire_entries_committed_total")
                        .tag("stage", "old")
                        .counter()
                        .count())
                .isEqualTo(10);
    }

    @Test
    void stopsInTheMiddleOfAChangeAndHandsEverythingBack() {
        redis.command("XGROUP", "CREATE", "out", "readers", "0", "MKSTREAM");
        Policy full = new Policy.Cap(20, 5);
        start(plan(redis.plan(), full, 60_000, Stamp.stage("stamp", "in", "out", "one")));
        feed(0, 200);
        await().atMost(PATIENCE).until(() -> health("stamp").waiting().equals("FULL"));
        // The drain of the stage waits for room in its output, and there will be none.
        CompletableFuture<PlanChange> changing = engine.change(
                        plan(redis.plan(), full, 60_000, Stamp.stage("stamp", "in", "out", "two")))
                .toFuture();
        await().atMost(PATIENCE).until(() -> health("stamp").state().name().equals("DRAINING"));
        CompletableFuture<DrainReport> drained = engine.drain().toFuture();
        await().atMost(PATIENCE).until(changing::isDone);
        assertThatThrownBy(changing::join).hasMessageContaining("told to stop");
        redis.command("XGROUP", "DESTROY", "out", "readers");
        redis.command("XTRIM", "out", "MAXLEN", "0");
        await().atMost(PATIENCE).until(drained::isDone);
        assertThat(drained.join().confirmed()).isTrue();
        assertThat(redis.number("EXISTS", "in:consumer:stamp:stamp_1")).isZero();
        long before = drained.join().committed();
        start(plan(Stamp.stage("stamp", "in", "out", "three")));
        await().atMost(PATIENCE).until(() -> before + health("stamp").committed() == 200);
        assertThat(redis.pending("in", "stamp")).isZero();
    }

    @Test
    void takesOneChangeAtATime() {
        redis.command("XGROUP", "CREATE", "out", "readers", "0", "MKSTREAM");
        start(plan(redis.plan(), new Policy.Cap(20, 5), 2000, Stamp.stage("stamp", "in", "out", "one")));
        feed(0, 200);
        await().atMost(PATIENCE).until(() -> health("stamp").waiting().equals("FULL"));
        CompletableFuture<PlanChange> first =
                engine.change(plan(Stamp.stage("stamp", "in", "out", "two"))).toFuture();
        assertThatThrownBy(() -> change(plan(Stamp.stage("stamp", "in", "out", "three"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("another change is under way");
        await().atMost(PATIENCE).until(first::isDone);
        assertThat(first.join().changed()).containsExactly("stamp");
        awaitEachOnce(redis, "out", 200);
    }

    @Test
    void doesNotBlameEntriesForBeingDeliveredAgainByEachChange() {
        start(plan(late(1)));
        feed(0, 20);
        await().atMost(PATIENCE).until(() -> redis.pending("in", "g") == 20);
        for (int round = 2; round < 8; round++) {
            long version = round;
            assertThat(change(plan(late(version))).changed()).containsExactly("late");
            await().atMost(PATIENCE)
                    .until(() -> registry.get("heatwire_in_flight")
                                    .tag("stage", "late")
                                    .gauge()
                                    .value()
                            == 20);
        }
        IntStream.range(0, 20).forEach(n -> redis.command("HSET", "by_id:" + n, "n", "" + n));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(redis.number("XLEN", "observed")).isEqualTo(20));
        assertThat(redis.number("XLEN", "in:dead:late")).isZero();
    }

    private static StagePlan late(long pollMs) {
        return TestOperators.lateStage(
                new SourcePlan.FromStream("in", "g", "c", 50, 200, 600_000, 4, Map.of()),
                Map.of("max_wait_ms", 60_000L, "poll_ms", pollMs));
    }

    @Test
    void givesEachEntryExactlyOneEffectThoughThePlanChangesEverySecond() {
        long seconds = Long.getLong("heatwire.reload.seconds", 6);
        start(round(0));
        CompletableFuture<Integer> fed = new CompletableFuture<>();
        Thread feeder = new Thread(() -> fed.complete(feedFor(Duration.ofSeconds(seconds))), "feeder");
        feeder.start();
        for (int round = 1; !fed.isDone(); round++) {
            change(round(round));
            long seen = redis.number("XLEN", "out");
            await().pollDelay(Duration.ofMillis(900))
                    .atMost(PATIENCE)
                    .until(() -> redis.number("XLEN", "out") > seen || fed.isDone());
        }
        awaitEachOnce(redis, "other", fed.join());
        awaitEachOnce(redis, "out", fed.join());
        assertThat(health("steady").epochs()).isEqualTo(1);
        assertThat(new HashSet<>(stamps("out"))).as("settings in use").hasSizeGreaterThan((int)
                Math.min(3, seconds / 2));
        for (Map.Entry<String, String> group :
                Map.of("first", "in", "second", "mid", "steady", "in").entrySet()) {
            assertThat(redis.pending(group.getValue(), group.getKey())).isZero();
            assertThat(redis.number("XLEN", group.getValue() + ":dead:" + group.getKey()))
                    .isZero();
        }
        engine.drain().block(PATIENCE);
        assertThat((List<?>) redis.command("KEYS", "*:consumer:*")).isEmpty();
    }

    /** Both stages of a chain change, beside one that does not, and one that comes and goes. */
    private EnginePlan round(int round) {
        StagePlan first = Stamp.stage("first", "in", "mid", "f" + round);
        StagePlan second = Stamp.stage("second", "mid", "out", "s" + round);
        StagePlan steady = Stamp.stage("steady", "in", "other", "steady");
        StagePlan visitor = Stamp.stage("visitor", "in", "visited", "v");
        return round % 2 == 0 ? plan(first, steady, second) : plan(visitor, first, steady, second);
    }

    private int feedFor(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        int fed = 0;
        while (System.nanoTime() < until) {
            feed(fed, fed + 100);
            fed += 100;
            LockSupport.parkNanos(50_000_000);
        }
        return fed;
    }
}
