package io.heatwire.engine.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.engine.TestOperators;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.Batch.Origin;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.StagePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Timing, order and demand of a stage, in virtual time over a scripted link. */
class StageTest extends StageInVirtualTime {

    private static Batch deliveredOften(Origin origin, long times) {
        Batch batch = ScriptedLink.batch(origin, 1);
        return new Batch(
                batch.entries().stream().map(entry -> entry.delivered(times)).toList(), origin);
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
