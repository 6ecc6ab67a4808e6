package io.heatwire.engine.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.TestOperators;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.link.Batch.Origin;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.plan.StagePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What is refused for now is tried again in place, and said, in virtual time. */
class PatienceTest extends StageInVirtualTime {

    private static final long[] FULL_AT_THE_FIRST_OUTPUT = {1, 1};

    private static LinkException refused(String code) {
        return new LinkException(LinkException.Kind.RETRY, code, code + " not now", new Exception());
    }

    private double waits(String cause) {
        return registry.get("heatwire_commit_waits_total")
                .tag("cause", cause)
                .counter()
                .count();
    }

    /** Refused at first, and then this. */
    private static <T> Mono<T> refusedOnce(String code, Mono<T> then) {
        AtomicInteger calls = new AtomicInteger();
        return Mono.defer(() -> calls.getAndIncrement() == 0 ? Mono.error(refused(code)) : then);
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
    void asksForRoomEachTimeACommitFindsNone() {
        List<String> asked = new ArrayList<>();
        StageRunner runner = runner();
        runner.status().whenFull(asked::add);
        link.commitReplies.put(0, FULL_AT_THE_FIRST_OUTPUT);
        link.commitReplies.put(1, FULL_AT_THE_FIRST_OUTPUT);
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1));
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
        assertThat(asked).containsExactly("out", "out");
        assertThat(runner.status().committed()).isEqualTo(1);
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
}
