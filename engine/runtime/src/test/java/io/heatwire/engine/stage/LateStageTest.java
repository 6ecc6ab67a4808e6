package io.heatwire.engine.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.PollingOperator;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.TestOperators;
import io.heatwire.engine.commit.CommitScript;
import io.heatwire.engine.link.Batch.Origin;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.plan.StagePlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** When the stage that waits for keys looks for them, and when it gives up, in virtual time. */
class LateStageTest extends StageInVirtualTime {

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
}
