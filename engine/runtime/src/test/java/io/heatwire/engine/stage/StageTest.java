package io.heatwire.engine.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.Operator;
import io.heatwire.contract.PollingOperator;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.TestOperators;
import io.heatwire.engine.commit.CommitScript;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.lease.Owner;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.Batch.Origin;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.time.RedisClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Timing, order and demand of a stage, in virtual time over a scripted link. */
class StageTest {

    private static final SourcePlan.FromStream SOURCE =
            new SourcePlan.FromStream("in", "g", "c", 10, 100, 3_600_000, 16, Map.of());

    private static final Owner OWNER = Owner.ofThisProcess();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScriptedLink link = new ScriptedLink();
    private final RedisClock clock = RedisClock.from(this::now);
    private VirtualTimeScheduler time;

    @BeforeEach
    void freezeTime() {
        time = VirtualTimeScheduler.getOrSet();
        link.clock = this::now;
    }

    @AfterEach
    void releaseTime() {
        VirtualTimeScheduler.reset();
    }

    private long now() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    private Stage stage(StagePlan plan, Operator operator) {
        return Stage.of(plan, operator, new MeterBook(registry), new StageStatus(), clock, time);
    }

    private StreamEpoch copying() {
        StagePlan plan = TestOperators.copyStage(SOURCE, Map.of());
        EventOperator operator = (EventOperator) plan.spec().factory().apply(plan.config());
        Stage stage = stage(plan, operator);
        return new StreamEpoch(stage, SOURCE, operator, new CommitLane(stage, new CommitScript(plan, true, Map.of())));
    }

    private LateEpoch waiting(Map<String, Object> settings) {
        StagePlan plan = TestOperators.lateStage(SOURCE, settings);
        PollingOperator operator = (PollingOperator) plan.spec().factory().apply(plan.config());
        Stage stage = stage(plan, operator);
        return new LateEpoch(stage, SOURCE, operator, new CommitLane(stage, new CommitScript(plan, true, Map.of())));
    }

    private double ends(String end) {
        return registry.find("test_ends_total").tag("end", end).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    @Test
    void readsAtMostTwoBatchesAheadOfAStalledCommit() {
        Sinks.Empty<Void> stalled = Sinks.empty();
        link.commitGate = number -> number == 0 ? stalled.asMono() : Mono.empty();
        for (int i = 1; i <= 500; i++) {
            link.batches.add(ScriptedLink.batch(Origin.FRESH, i));
        }
        StepVerifier.create(copying().run(link))
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(10)))
                .then(() -> assertThat(link.freshReads.get()).isBetween(1, 3))
                .then(stalled::tryEmitEmpty)
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .then(() -> assertThat(link.commits).hasSize(500))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void asksForFewerEntriesWhileTheyAreLong() {
        EntryId id = new EntryId(1, 0);
        Event longOne = Event.of(id, Map.of("n", "x".repeat(10_000_000)));
        link.batches.add(new Batch(List.of(new Entry(id, longOne, Entry.Trouble.NONE, 1)), Origin.FRESH));
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 2));
        StepVerifier.create(copying().run(link))
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
        assertThat(link.counts).startsWith(10, 3, 10);
    }

    @Test
    void triesARefusedCommitAgainInPlaceAndLetsNothingOvertakeIt() {
        LinkException oom =
                new LinkException(LinkException.Kind.RETRY, "OOM", "OOM command not allowed", new Exception());
        link.commitGate = number -> number < 5 ? Mono.error(oom) : Mono.empty();
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1, 2));
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 3));
        StepVerifier.create(copying().run(link))
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(30)))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
        assertThat(link.commits).hasSize(7);
        assertThat(link.commits.subList(0, 6)).allSatisfy(ids -> assertThat(ids).containsExactly("1-0", "2-0"));
        assertThat(link.commits.get(6)).containsExactly("3-0");
        assertThat(registry.get("heatwire_commit_waits_total")
                        .tag("cause", "OOM")
                        .counter()
                        .count())
                .isEqualTo(5);
    }

    @Test
    void completesAfterItWasAskedToStopReading() {
        StreamEpoch epoch = copying();
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1));
        link.whenEmpty = Mono.fromSupplier(() -> {
            epoch.stopReading();
            return ScriptedLink.batch(Origin.FRESH);
        });
        StepVerifier.create(epoch.run(link))
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .verifyComplete();
        assertThat(link.commits).hasSize(1);
    }

    @Test
    void looksAtOnceAndThenEveryPollIntervalUntilTheDeadlineOfTheEventsOwnId() {
        time.advanceTimeBy(Duration.ofMillis(10_000));
        link.batches.add(ScriptedLink.batch(Origin.FRESH, now()));
        StepVerifier.create(
                        waiting(Map.of("max_wait_ms", 500L, "poll_ms", 100L)).run(link))
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(5)))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
        // The first look-up of all is for the marker of an earlier decision; sharing gathers look-ups for 2 ms.
        List<Long> after = link.lookUpsAtMs.stream().map(at -> at - 10_000).toList();
        assertThat(after.get(0)).isZero();
        assertThat(after.subList(1, after.size())).containsExactly(2L, 104L, 206L, 308L, 410L, 512L);
        assertThat(ends("TIMEOUT")).isEqualTo(1);
    }

    @Test
    void looksOnlyOnceForAnEventThatIsPastItsDeadline() {
        time.advanceTimeBy(Duration.ofMillis(10_000));
        link.batches.add(ScriptedLink.batch(Origin.OWN_PENDING, 5_000));
        StepVerifier.create(
                        waiting(Map.of("max_wait_ms", 500L, "poll_ms", 100L)).run(link))
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
        assertThat(link.lookUpsAtMs).hasSize(2);
        assertThat(ends("TIMEOUT")).isEqualTo(1);
    }

    @Test
    void givesUpAfterTwoFailedLooks() {
        link.answers = lookUp -> lookUp instanceof LookUp.Hash
                ? new Answer.Failed(Answer.Failure.REDIS_ERROR, "ERR nothing works")
                : Answer.MISSING;
        link.batches.add(ScriptedLink.batch(Origin.FRESH, now()));
        StepVerifier.create(
                        waiting(Map.of("max_wait_ms", 5_000L, "poll_ms", 100L)).run(link))
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofMillis(150)))
                .then(() -> assertThat(ends("REDIS_ERROR")).isEqualTo(1))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void countsADropOnlyWhenItsCommitIsConfirmed() {
        LinkException lost = new LinkException(LinkException.Kind.EPOCH_OVER, "CONNECTION", "gone", new Exception());
        link.commitGate = number -> Mono.error(lost);
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1, 2));
        StepVerifier.create(waiting(Map.of("max_inflight", 1L, "max_wait_ms", 60_000L))
                        .run(link))
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofMillis(50)))
                .expectError(LinkException.class)
                .verify(Duration.ofSeconds(10));
        assertThat(link.commits).hasSize(1);
        assertThat(registry.find("heatwire_entries_dropped_total").counters())
                .allSatisfy(counter -> assertThat(counter.count()).isZero());
    }

    @Test
    void sharesOneRoundTripAmongAllThatFallDueTogether() {
        for (int i = 1; i <= 40; i++) {
            link.batches.add(ScriptedLink.batch(Origin.FRESH, i, 1000 + i, 2000 + i));
        }
        StepVerifier.create(
                        waiting(Map.of("max_wait_ms", 60_000L, "poll_ms", 100L)).run(link))
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofMillis(50)))
                .then(() -> link.lookUpsAtMs.clear())
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1000)))
                .then(() -> assertThat(link.lookUpsAtMs).hasSizeBetween(8, 11))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void neverDiesSilently() {
        List<Long> openedAtMs = new ArrayList<>();
        LinkException lost = new LinkException(LinkException.Kind.EPOCH_OVER, "CONNECTION", "gone", new Exception());
        LinkFactory links = (source, script) -> {
            openedAtMs.add(now());
            link.whenEmpty = Mono.error(lost);
            return openedAtMs.size() % 2 == 0 ? Mono.error(lost) : Mono.just(link);
        };
        StageRunner runner = StageRunner.of(
                TestOperators.copyStage(SOURCE, Map.of()), Map.of(), links, new MeterBook(registry), clock, OWNER);
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .then(() -> assertThat(runner.status().state()).isEqualTo(StageState.BACKING_OFF))
                .then(() -> assertThat(runner.status().error()).isEqualTo("gone"))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
        assertThat(openedAtMs).hasSizeGreaterThan(5).hasSizeLessThan(2000);
        assertThat(registry.get("heatwire_stage_failures_total").counter().count())
                .isEqualTo(openedAtMs.size());
    }

    @Test
    void hearsEverySignalThoughOneFails() {
        MeterBook book = new MeterBook(registry);
        StagePlan plan = TestOperators.copyStage(SOURCE, Map.of());
        Stage stage = Stage.of(plan, plan.spec().factory().apply(plan.config()), book, new StageStatus(), clock, time);
        Signal fails = Signal.warn(() -> {
            throw new IllegalStateException("no text");
        });
        new Signals(stage).record(List.of(fails, Signal.count(TestOperators.SEEN, "new")));
        assertThat(book.current("test_seen_total", "new")).isEqualTo(1);
    }

    private StageRunner runner() {
        return runner(TestOperators.copyStage(SOURCE, Map.of()));
    }

    private StageRunner runner(StagePlan plan) {
        return StageRunner.of(
                plan, Map.of(), (source, script) -> Mono.just(link), new MeterBook(registry), clock, OWNER);
    }

    private static Batch deliveredOften(Origin origin, long times) {
        Batch batch = ScriptedLink.batch(origin, 1);
        return new Batch(
                batch.entries().stream().map(entry -> entry.delivered(times)).toList(), origin);
    }

    @Test
    void excusesNoDeliveryForAConnectionThatIsLostWhileItStandsStill() {
        StageRunner runner = runner(TestOperators.halting(TestOperators.copyStage(SOURCE, Map.of())));
        link.batches.add(deliveredOften(Origin.FRESH, 17));
        link.peek = Mono.error(new LinkException(LinkException.Kind.EPOCH_OVER, "CONNECTION", "gone", new Exception()));
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .then(() -> assertThat(runner.status().error()).isEqualTo("gone"))
                .then(() -> link.peek = Mono.just(deliveredOften(Origin.OWN_PENDING, 18)))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .then(() -> assertThat(runner.status().error()).startsWith("halted at 1-0: too_many_deliveries:18"))
                .then(() -> assertThat(runner.status().state()).isEqualTo(StageState.BACKING_OFF))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
        assertThat(link.commits).isEmpty();
    }

    @Test
    void saysWhatALookUpWaitsFor() {
        StageRunner runner = runner();
        link.lookUpGate = Mono.error(new LinkException(
                LinkException.Kind.RETRY, "BUSY", "BUSY Redis is busy running a script", new Exception()));
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1));
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .then(() -> assertThat(runner.status().waiting()).isEqualTo("BUSY"))
                .then(() -> link.lookUpGate = Mono.empty())
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(2)))
                .then(() -> assertThat(runner.status().waiting()).isEmpty())
                .then(() -> assertThat(runner.status().committed()).isEqualTo(1))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    private static LinkException refused(String code) {
        return new LinkException(LinkException.Kind.RETRY, code, code + " not now", new Exception());
    }

    private double waits(String cause) {
        return registry.get("heatwire_commit_waits_total")
                .tag("cause", cause)
                .counter()
                .count();
    }

    @Test
    void triesARefusedReadAgainInPlaceAfterAGrowingPause() {
        StageRunner runner = runner();
        link.readGate = Mono.error(refused("NOREPLICAS"));
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1));
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .then(() -> assertThat(runner.status().waiting()).isEqualTo("NOREPLICAS"))
                .then(() -> assertThat(runner.status().state()).isEqualTo(StageState.RUNNING))
                .then(() -> assertThat(waits("NOREPLICAS")).isBetween(40.0, 150.0))
                .then(() ->
                        assertThat(link.readsAtMs).filteredOn(at -> at < 500).hasSizeGreaterThan(4))
                .then(() -> link.readGate = Mono.empty())
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(2)))
                .then(() -> assertThat(runner.status().waiting()).isEmpty())
                .then(() -> assertThat(runner.status().committed()).isEqualTo(1))
                .then(() -> assertThat(runner.status().epochs()).isEqualTo(1))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
        assertThat(registry.get("heatwire_stage_failures_total").counter().count())
                .isZero();
    }

    @Test
    void saysWhatTheCommitWaitsForAndOnlyThenWhatTheReadWaitsFor() {
        StageRunner runner = runner();
        link.whenEmpty = Mono.delay(Duration.ofMillis(100), time).thenReturn(ScriptedLink.batch(Origin.FRESH));
        link.commitGate = number -> Mono.error(refused("FULL"));
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1));
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> link.readGate = Mono.error(refused("MISCONF")))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(5)))
                .then(() -> assertThat(waits("MISCONF")).isPositive())
                .then(() -> assertThat(runner.status().waiting()).isEqualTo("FULL"))
                .then(() -> link.readGate = Mono.empty())
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(5)))
                .then(() -> assertThat(runner.status().waiting()).isEqualTo("FULL"))
                .then(() -> link.readGate = Mono.error(refused("MISCONF")))
                .then(() -> link.commitGate = number -> Mono.empty())
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(5)))
                .then(() -> assertThat(runner.status().committed()).isEqualTo(1))
                .then(() -> assertThat(runner.status().waiting()).isEqualTo("MISCONF"))
                .then(() -> link.readGate = Mono.empty())
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(5)))
                .then(() -> assertThat(runner.status().waiting()).isEmpty())
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    /** Refused at first, and then this. */
    private static <T> Mono<T> refusedOnce(String code, Mono<T> then) {
        AtomicInteger calls = new AtomicInteger();
        return Mono.defer(() -> calls.getAndIncrement() == 0 ? Mono.error(refused(code)) : then);
    }

    @Test
    void keepsWhatACommitWaitsForThoughAReadGoesThroughAndTheOtherWayRound() {
        StagePlan plan = TestOperators.copyStage(SOURCE, Map.of());
        Stage stage = stage(plan, plan.spec().factory().apply(plan.config()));
        Patience commit = new Patience(stage, Call.COMMIT);
        Patience read = new Patience(stage, Call.READ);
        commit.with(refusedOnce("FULL", Mono.never())).subscribe();
        read.until(Mono.never(), refusedOnce("MISCONF", Mono.just(1))).subscribe();
        time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(stage.status().waiting()).isEqualTo("FULL");
        read.until(Mono.never(), refusedOnce("MISCONF", Mono.never())).subscribe();
        commit.with(refusedOnce("FULL", Mono.just(1))).subscribe();
        time.advanceTimeBy(Duration.ofSeconds(5));
        assertThat(stage.status().waiting()).isEqualTo("MISCONF");
    }

    @Test
    void keepsShowingTheErrorUntilSomethingIsSettledAgain() {
        StageRunner runner = runner();
        LinkException slow =
                new LinkException(LinkException.Kind.EPOCH_OVER, "TIMEOUT", "Command timed out", new Exception());
        link.commitGate =
                number -> number == 0 ? Mono.delay(Duration.ofSeconds(10), time).then(Mono.error(slow)) : Mono.never();
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1));
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 2));
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 3));
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 4));
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(9)))
                .then(() -> assertThat(runner.status().error()).isEmpty())
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .then(() -> assertThat(runner.status().state()).isEqualTo(StageState.RUNNING))
                .then(() -> assertThat(runner.status().error()).isEqualTo("Command timed out"))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void holdsNoPlaceLongerThanTheWaitForAnIdFromTheFuture() {
        link.batches.add(ScriptedLink.batch(Origin.FRESH, now() + 3_600_000));
        StepVerifier.create(
                        waiting(Map.of("max_wait_ms", 500L, "poll_ms", 100L)).run(link))
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofMillis(700)))
                .then(() -> assertThat(ends("TIMEOUT")).isEqualTo(1))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void waitsNoLongerWhenTheClockOfRedisIsSetBack() {
        link.batches.add(ScriptedLink.batch(Origin.FRESH, now()));
        StepVerifier.create(
                        waiting(Map.of("max_wait_ms", 500L, "poll_ms", 100L)).run(link))
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofMillis(200)))
                .then(() -> clock.sample(now() - 3_600_000))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(500)))
                .then(() -> assertThat(ends("TIMEOUT")).isEqualTo(1))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void waitsAsLongWhenTheClockOfRedisIsSetForward() {
        link.batches.add(ScriptedLink.batch(Origin.FRESH, now()));
        StepVerifier.create(
                        waiting(Map.of("max_wait_ms", 500L, "poll_ms", 100L)).run(link))
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofMillis(200)))
                .then(() -> clock.sample(now() + 3_600_000))
                .then(() -> time.advanceTimeBy(Duration.ofMillis(200)))
                .then(() -> assertThat(ends("TIMEOUT")).isZero())
                .then(() -> time.advanceTimeBy(Duration.ofMillis(300)))
                .then(() -> assertThat(ends("TIMEOUT")).isEqualTo(1))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void goesOnTakingOverIdleEntriesWhenTheClockOfRedisIsSetBack() {
        link.whenEmpty = Mono.delay(Duration.ofSeconds(1), time).thenReturn(ScriptedLink.batch(Origin.FRESH));
        StepVerifier.create(copying().run(link))
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(10)))
                .then(() -> clock.sample(now() - 86_400_000))
                .then(() -> link.reclaims.set(0))
                .then(() -> time.advanceTimeBy(Duration.ofHours(1)))
                .then(() -> assertThat(link.reclaims).hasPositiveValue())
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }
}
