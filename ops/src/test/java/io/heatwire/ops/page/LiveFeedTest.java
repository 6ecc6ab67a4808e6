package io.heatwire.ops.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

final class LiveFeedTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final AtomicLong generation = new AtomicLong(1);
    private final AtomicLong made = new AtomicLong();
    private final LiveFeed feed = new LiveFeed(generation::get, () -> "{\"n\": " + made.incrementAndGet() + "}", time);

    @AfterEach
    void stop() {
        time.dispose();
        Schedulers.resetFactory();
    }

    @Test
    void givesEveryViewerTheSameSnapshotEachSecond() {
        StepVerifier.create(feed.events(1).take(3))
                .expectNext("retry: 2000\n\n")
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                .expectNext("id: 0\ndata: {\"n\": 1}\n\n")
                .then(() -> StepVerifier.create(feed.events(1).take(2))
                        .expectNext("retry: 2000\n\n")
                        .expectNext("id: 0\ndata: {\"n\": 1}\n\n")
                        .verifyComplete())
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .expectNext("id: 1\ndata: {\"n\": 2}\n\n")
                .verifyComplete();
    }

    @Test
    void makesNoSnapshotWhileNobodyLooks() {
        feed.events(1).take(1).blockLast();
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(made).hasValueLessThan(2);
    }

    @Test
    void endsWhenAnotherWiringRuns() {
        StepVerifier.create(feed.events(1))
                .expectNextCount(1)
                .then(() -> time.advanceTimeBy(Duration.ofMillis(1)))
                .expectNextCount(1)
                .then(() -> generation.set(2))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .verifyComplete();
    }

    @Test
    void hasRoomForSoManyViewersAndGivesPlacesBack() {
        Disposable.Composite viewers = Disposables.composite();
        for (int i = 0; i < LiveFeed.MOST_VIEWERS; i++) {
            assertThat(feed.hasRoom()).isTrue();
            viewers.add(feed.events(1).subscribe());
        }
        assertThat(feed.hasRoom()).isFalse();
        StepVerifier.create(feed.events(1)).expectNext("retry: 10000\n\n").verifyComplete();

        viewers.dispose();
        assertThat(feed.hasRoom()).isTrue();
    }

    @Test
    void takesNoPlaceForAStreamThatNobodySubscribesTo() {
        for (int i = 0; i <= LiveFeed.MOST_VIEWERS; i++) {
            feed.events(1);
        }
        assertThat(feed.hasRoom()).isTrue();
    }
}
