package io.heatwire.engine.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.TestOperators;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.link.Batch.Origin;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.metrics.MeterBook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What a stage does while Redis refuses for now what it opens with, in virtual time. */
class OpeningTest extends StageInVirtualTime {

    private final List<Long> openedAtMs = new ArrayList<>();
    private Mono<Void> openGate = Mono.empty();
    private StageRunner runner;

    @BeforeEach
    void makeRunner() {
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1));
        runner = StageRunner.of(
                TestOperators.copyStage(SOURCE, Map.of()),
                Map.of(),
                (source, script) -> Mono.defer(() -> {
                    openedAtMs.add(now());
                    return openGate.thenReturn(link);
                }),
                new MeterBook(registry),
                clock,
                OWNER);
    }

    private static Mono<Void> refused() {
        return Mono.error(
                new LinkException(LinkException.Kind.RETRY, "MISCONF", "MISCONF not now", new Exception("not now")));
    }

    private void pass(long seconds) {
        time.advanceTimeBy(Duration.ofSeconds(seconds));
    }

    private void waitsInPlace() {
        assertThat(runner.status().waiting()).isEqualTo("MISCONF");
        assertThat(runner.status().epochs()).isEqualTo(1);
        assertThat(link.freshReads).hasValue(0);
        assertThat(registry.get("heatwire_stage_failures_total").counter().count())
                .isZero();
        assertThat(registry.get("heatwire_commit_waits_total")
                        .tag("cause", "MISCONF")
                        .counter()
                        .count())
                .isBetween(40.0, 150.0);
    }

    private void worksInTheSameEpoch() {
        assertThat(runner.status().waiting()).isEmpty();
        assertThat(runner.status().state()).isEqualTo(StageState.RUNNING);
        assertThat(runner.status().committed()).isEqualTo(1);
        assertThat(runner.status().epochs()).isEqualTo(1);
    }

    @Test
    void waitsInPlaceWhileItsGroupMayNotBeLookedAtForNow() {
        openGate = refused();
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> pass(60))
                .then(this::waitsInPlace)
                .then(() -> assertThat(openedAtMs).hasSizeBetween(40, 150))
                .then(() -> openGate = Mono.empty())
                .then(() -> pass(2))
                .then(this::worksInTheSameEpoch)
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void waitsInPlaceWhileItsNameMayNotBeTakenForNow() {
        link.nameGate = refused();
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> pass(60))
                .then(this::waitsInPlace)
                .then(() -> assertThat(openedAtMs).as("one link to ask over").hasSize(1))
                .then(() -> link.nameGate = Mono.empty())
                .then(() -> pass(2))
                .then(this::worksInTheSameEpoch)
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void endsAtOnceWhenItIsStoppedWhileItWaits() {
        openGate = refused();
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> pass(60))
                .then(() -> runner.stop(Duration.ofSeconds(10)).subscribe())
                .then(() -> time.advanceTimeBy(Duration.ofMillis(100)))
                .expectComplete()
                .verify(Duration.ofSeconds(10));
        assertThat(runner.status().state()).isEqualTo(StageState.STOPPED);
    }
}
