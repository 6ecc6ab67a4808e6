package io.heatwire.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.TestOperators;
import io.heatwire.engine.lease.Owner;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.heatwire.engine.stage.StageRunner;
import io.heatwire.engine.time.RedisClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** When the watch looks, in virtual time. What its looks find is tested on Redis, never here. */
class BrokerWatchTest {

    private static final StagePlan COPY =
            TestOperators.copyStage(new SourcePlan.FromStream("in", "g", "c", 10, 100, 30_000, 16, Map.of()), Map.of());

    private final List<String> trimmed = new ArrayList<>();
    private VirtualTimeScheduler time;
    private StageRunner copy;
    private Disposable running;

    @BeforeEach
    void watchOverTwoCappedStreams() {
        time = VirtualTimeScheduler.getOrSet();
        RedisClock clock = RedisClock.from(() -> time.now(TimeUnit.MILLISECONDS));
        MeterBook book = new MeterBook(new SimpleMeterRegistry());
        copy = StageRunner.of(COPY, Map.of(), (source, script) -> Mono.never(), book, clock, Owner.ofThisProcess());
        List<StreamPlan> streams =
                List.of(new StreamPlan("out", new Policy.Cap(20, 5)), new StreamPlan("mid", new Policy.Cap(20, 5)));
        RedisPlan redis = new RedisPlan("localhost", 6379, 0, null, null, false, 1000);
        BrokerWatch watch = new BrokerWatch(() -> Mono.just(new Counting()), book, clock);
        watch.over(List.of(copy), new EnginePlan(redis, streams, List.of(COPY), 1000));
        running = watch.run().subscribe();
        assertThat(trimmed).containsExactlyInAnyOrder("out", "mid");
        time.advanceTimeBy(Duration.ofMillis(200));
        trimmed.clear();
    }

    @AfterEach
    void releaseTime() {
        running.dispose();
        copy.dispose();
        VirtualTimeScheduler.reset();
    }

    @Test
    void makesRoomAtOnceWhereACommitFindsNoneAndNowhereElse() {
        copy.status().full("out");
        assertThat(trimmed).containsExactly("out");
        time.advanceTimeBy(Duration.ofMillis(100));
        copy.status().full("mid");
        assertThat(trimmed).containsExactly("out", "mid");
    }

    @Test
    void makesRoomNoMoreOftenThanTwentyTimesASecondHoweverOftenItIsAskedFor() {
        for (int ms = 0; ms < 700; ms++) {
            copy.status().full("out");
            time.advanceTimeBy(Duration.ofMillis(1));
        }
        assertThat(trimmed).hasSizeBetween(13, 15).containsOnly("out");
    }

    @Test
    void looksOnOnceASecondWhileItIsAskedForRoom() {
        for (int ms = 0; ms < 5000; ms++) {
            copy.status().full("out");
            time.advanceTimeBy(Duration.ofMillis(1));
        }
        assertThat(trimmed).filteredOn("mid"::equals).hasSize(5);
    }

    @Test
    void isNotUpsetByAStreamWithoutACap() {
        copy.status().full("elsewhere");
        time.advanceTimeBy(Duration.ofMillis(100));
        assertThat(trimmed).isEmpty();
        copy.status().full("out");
        assertThat(trimmed).containsExactly("out");
    }

    /** Answers nothing, and counts at which streams the trimming looks. */
    private final class Counting implements ControlLink {

        @Override
        public Mono<Object> command(String name, String... args) {
            if (name.equals("XINFO") && args[0].equals("STREAM") && !args[1].equals("in")) {
                trimmed.add(args[1]);
            }
            return Mono.empty();
        }

        @Override
        public Mono<Boolean> removeIdleConsumer(String stream, String group, String consumer, long idleMs) {
            return Mono.just(false);
        }

        @Override
        public Mono<Void> close() {
            return Mono.empty();
        }
    }
}
