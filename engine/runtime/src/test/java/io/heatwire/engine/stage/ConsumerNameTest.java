package io.heatwire.engine.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.TestOperators;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.lease.Owner;
import io.heatwire.engine.link.Batch.Origin;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkException.Kind;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.time.RedisClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** When a stage asks for its name, and what it does with and without it, in virtual time. */
class ConsumerNameTest {

    private static final SourcePlan.FromStream SOURCE =
            new SourcePlan.FromStream("in", "g", "c", 10, 100, 3_600_000, 16, Map.of());
    private static final String OTHER = "web2 pid 7 since 2026-11-02T10:11:12Z (0123456789ab/1/ab)";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScriptedLink link = new ScriptedLink();
    private final AtomicInteger opened = new AtomicInteger();
    private VirtualTimeScheduler time;
    private StageRunner runner;

    @BeforeEach
    void freezeTime() {
        time = VirtualTimeScheduler.getOrSet();
        link.clock = this::now;
        runner = StageRunner.of(
                TestOperators.copyStage(SOURCE, Map.of()),
                Map.of(),
                (source, script) -> Mono.fromSupplier(() -> {
                    opened.incrementAndGet();
                    return link;
                }),
                new MeterBook(registry),
                RedisClock.from(this::now),
                Owner.ofThisProcess());
    }

    @AfterEach
    void releaseTime() {
        VirtualTimeScheduler.reset();
    }

    private long now() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    private void pass(long seconds) {
        time.advanceTimeBy(Duration.ofSeconds(seconds));
    }

    private double failures() {
        return registry.get("heatwire_stage_failures_total").counter().count();
    }

    @Test
    void renewsItsNameOnceASecond() {
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> pass(5))
                .then(() -> assertThat(link.askedForNameAtMs).containsExactly(0L, 1000L, 2000L, 3000L, 4000L, 5000L))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void readsNothingUnderANameThatAnotherHasAndSaysWhoseItIs() {
        link.holder = OTHER;
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1));
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> pass(60))
                .then(() -> {
                    assertThat(link.freshReads).hasValue(0);
                    assertThat(link.askedForNameAtMs).hasSize(61);
                    assertThat(opened).as("one link to ask over").hasValue(1);
                    assertThat(runner.status().state()).isEqualTo(StageState.BACKING_OFF);
                    assertThat(runner.status().error())
                            .isEqualTo("consumer c of group g is in use by web2 pid 7 since 2026-11-02T10:11:12Z;"
                                    + " give this engine another consumer name, or stop the other");
                    assertThat(failures()).isZero();
                })
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void takesOverWithALinkOfItsOwnTimeWhenTheOtherHasEnded() {
        link.holder = OTHER;
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1));
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> pass(60))
                .then(() -> link.holder = "")
                .then(() -> pass(2))
                .then(() -> {
                    assertThat(link.commits).hasSize(1);
                    assertThat(opened).hasValue(2);
                    assertThat(runner.status().state()).isEqualTo(StageState.RUNNING);
                    assertThat(runner.status().error()).isEmpty();
                    assertThat(failures()).isZero();
                })
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void stopsReadingWhenItLearnsThatAnotherHasItsName() {
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> pass(3))
                .then(() -> link.holder = OTHER)
                .then(() -> pass(20))
                .then(() -> {
                    assertThat(runner.status().state()).isEqualTo(StageState.BACKING_OFF);
                    assertThat(runner.status().error()).contains("in use by web2 pid 7");
                    assertThat(failures()).isEqualTo(1);
                    assertThat(opened).as("stands by over one link").hasValue(2);
                })
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void keepsWorkingWhenARenewalIsRefusedForNow() {
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> pass(1))
                .then(() -> link.nameGate =
                        Mono.error(new LinkException(Kind.RETRY, "BUSY", "BUSY Redis", new Exception())))
                .then(() -> pass(30))
                .then(() -> {
                    assertThat(runner.status().state()).isEqualTo(StageState.RUNNING);
                    assertThat(opened).hasValue(1);
                })
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void endsItsWaitAtOnceAtAStopAndLeavesTheNameToTheOther() {
        link.holder = OTHER;
        StepVerifier.create(runner.run())
                .expectSubscription()
                .then(() -> pass(5))
                .then(() -> runner.stop(Duration.ofSeconds(10)).subscribe())
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                .verifyComplete();
        assertThat(runner.drained().confirmed()).isTrue();
        assertThat(link.released).isEmpty();
    }
}
