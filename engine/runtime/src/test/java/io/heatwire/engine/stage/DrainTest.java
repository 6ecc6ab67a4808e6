package io.heatwire.engine.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.TestOperators;
import io.heatwire.engine.health.StageDrain;
import io.heatwire.engine.lease.Owner;
import io.heatwire.engine.link.Batch.Origin;
import io.heatwire.engine.link.HandedBack;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkException.Kind;
import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.time.RedisClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** How long a stop takes and what it comes to, in virtual time over a scripted link. */
class DrainTest {

    private static final SourcePlan.FromStream SOURCE =
            new SourcePlan.FromStream("in", "g", "c", 10, 100, 3_600_000, 16, Map.of());
    private static final LinkException LOST = new LinkException(Kind.EPOCH_OVER, "CONNECTION", "gone", new Exception());
    private static final LinkException FULL = new LinkException(Kind.RETRY, "FULL", "out is full", new Exception());
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScriptedLink link = new ScriptedLink();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private VirtualTimeScheduler time;

    @BeforeEach
    void freezeTime() {
        time = VirtualTimeScheduler.getOrSet();
        link.clock = this::now;
        link.whenEmpty = Mono.delay(Duration.ofMillis(100)).thenReturn(ScriptedLink.batch(Origin.FRESH));
    }

    @AfterEach
    void releaseTime() {
        VirtualTimeScheduler.reset();
    }

    private long now() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    private StageRunner running(StagePlan plan) {
        return running(plan, (source, script) -> Mono.fromSupplier(this::open));
    }

    private StageLink open() {
        opened.incrementAndGet();
        return link;
    }

    private StageRunner running(StagePlan plan, LinkFactory links) {
        StageRunner runner = StageRunner.of(
                plan, Map.of(), links, new MeterBook(registry), RedisClock.from(this::now), Owner.ofThisProcess());
        runner.run().subscribe();
        time.advanceTimeBy(Duration.ofSeconds(1));
        return runner;
    }

    private void stop(StageRunner runner) {
        runner.stop(DRAIN).doOnTerminate(() -> stopped.set(true)).subscribe();
    }

    private void pass(long ms) {
        time.advanceTimeBy(Duration.ofMillis(ms));
    }

    @Test
    void finishesWhatHasBeenReadAndGivesTheNameBack() {
        for (int i = 1; i <= 20; i++) {
            link.batches.add(ScriptedLink.batch(Origin.FRESH, i));
        }
        link.commitGate = number -> Mono.delay(Duration.ofMillis(200)).then();
        StageRunner runner = running(TestOperators.copyStage(SOURCE, Map.of()));
        int read = link.freshReads.get();
        assertThat(link.commits).hasSizeLessThan(read);
        stop(runner);
        pass(1000);
        assertThat(stopped).isTrue();
        assertThat(link.commits).as("all that was read").hasSizeBetween(read, read + 1);
        assertThat(link.released).hasSize(1);
        assertThat(runner.drained()).isEqualTo(new StageDrain(0, 0, true, true));
    }

    @Test
    void cutsACommitOffThatWaitsForRoomAndHandsBackWhatItHeld() {
        link.commitGate = number -> Mono.error(FULL);
        link.handBack = Flux.just(new HandedBack(3, 1));
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1, 2, 3));
        StageRunner runner = running(TestOperators.copyStage(SOURCE, Map.of()));
        stop(runner);
        pass(DRAIN.toMillis() - 1);
        assertThat(stopped).isFalse();
        pass(1);
        assertThat(stopped).isTrue();
        assertThat(runner.drained()).isEqualTo(new StageDrain(3, 1, true, false));
        assertThat(link.released).hasSize(1);
    }

    @Test
    void handsBackAtOnceWhatWaitsForAKey() {
        link.handBack = Flux.just(new HandedBack(2, 0));
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1, 2));
        StageRunner runner = running(TestOperators.lateStage(SOURCE, Map.of("max_wait_ms", 60_000L)));
        stop(runner);
        pass(150);
        assertThat(stopped).isTrue();
        assertThat(link.commits).isEmpty();
        assertThat(runner.drained()).isEqualTo(new StageDrain(2, 0, true, true));
    }

    @Test
    void finishesACommitOfTheLateStageThatIsUnderWay() {
        link.commitGate = number -> Mono.delay(Duration.ofSeconds(3)).then();
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1, 2));
        StageRunner runner =
                running(TestOperators.lateStage(SOURCE, Map.of("max_inflight", 1L, "max_wait_ms", 60_000L)));
        assertThat(link.commits).hasSize(1);
        stop(runner);
        pass(500);
        assertThat(stopped).isFalse();
        pass(2000);
        assertThat(stopped).isTrue();
        assertThat(runner.status().committed()).isEqualTo(1);
    }

    @Test
    void waitsNoLongerForReadsThatAreRefused() {
        link.readGate = Mono.error(new LinkException(Kind.RETRY, "MISCONF", "cannot persist", new Exception()));
        stop(running(TestOperators.copyStage(SOURCE, Map.of())));
        pass(100);
        assertThat(stopped).isTrue();
        stopped.set(false);
        stop(running(TestOperators.lateStage(SOURCE, Map.of("max_wait_ms", 60_000L))));
        pass(100);
        assertThat(stopped).isTrue();
        assertThat(link.released).hasSize(2);
    }

    @Test
    void doesNotWaitForARedisThatDoesNotAnswer() {
        link.commitGate = number -> Mono.never();
        link.handBack = Flux.never();
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1, 2, 3));
        StageRunner runner = running(TestOperators.copyStage(SOURCE, Map.of()));
        stop(runner);
        pass(DRAIN.toMillis() + 3000);
        assertThat(stopped).isTrue();
        assertThat(runner.drained()).isEqualTo(new StageDrain(0, 3, false, false));
    }

    @Test
    void countsOnlyWhatRedisConfirmedBeforeItFellSilent() {
        link.commitGate = number -> Mono.error(FULL);
        link.handBack = Flux.just(new HandedBack(2, 0)).concatWith(Flux.never());
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1, 2, 3));
        StageRunner runner = running(TestOperators.copyStage(SOURCE, Map.of()));
        stop(runner);
        pass(DRAIN.toMillis() + 3000);
        assertThat(runner.drained()).isEqualTo(new StageDrain(2, 1, false, false));
    }

    @Test
    void handsBackOverANewLinkWhenTheConnectionIsLostDuringTheStop() {
        link.commitGate = number -> Mono.delay(Duration.ofSeconds(2)).then(Mono.error(LOST));
        link.handBack = Flux.just(new HandedBack(3, 0));
        link.batches.add(ScriptedLink.batch(Origin.FRESH, 1, 2, 3));
        StageRunner runner = running(TestOperators.copyStage(SOURCE, Map.of()));
        stop(runner);
        pass(3000);
        assertThat(stopped).isTrue();
        assertThat(opened).hasValue(2);
        assertThat(runner.drained()).isEqualTo(new StageDrain(3, 0, true, true));
        assertThat(link.released).hasSize(1);
    }

    @Test
    void saysSoWhenTheConnectionIsLostForGood() {
        AtomicBoolean gone = new AtomicBoolean();
        StageRunner runner = running(
                TestOperators.copyStage(SOURCE, Map.of()),
                (source, script) -> gone.get() ? Mono.error(LOST) : Mono.fromSupplier(this::open));
        gone.set(true);
        link.whenEmpty = Mono.error(LOST);
        pass(5000);
        stop(runner);
        pass(100);
        assertThat(stopped).isTrue();
        assertThat(runner.drained().confirmed()).isFalse();
    }

    @Test
    void owesNothingWhenItNeverHadANameToReadUnder() {
        StageRunner runner = running(TestOperators.copyStage(SOURCE, Map.of()), (source, script) -> Mono.error(LOST));
        stop(runner);
        pass(100);
        assertThat(stopped).isTrue();
        assertThat(runner.drained()).isEqualTo(new StageDrain(0, 0, true, true));
    }
}
