package io.heatwire.ops.page;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * Snapshots as server-sent events: one each second while anybody looks, made once for all. What a viewer does not take is replaced
 * by the next one. A stream ends when another wiring runs, so that the page asks anew for everything.
 */
final class LiveFeed {

    /** Each viewer holds a connection of the listener's. */
    static final int MOST_VIEWERS = 16;

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.page");
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final String RETRY = "retry: 2000\n\n";
    private static final String LATER = "retry: 10000\n\n";

    private final AtomicInteger viewers = new AtomicInteger();
    private final Flux<Moment> moments;

    private record Moment(long generation, String event) {}

    /**
     * A feed.
     *
     * @param generation the number of the wiring that runs
     * @param snapshot makes JSON of one line; must not wait
     */
    LiveFeed(Supplier<Long> generation, Supplier<String> snapshot, Scheduler scheduler) {
        this.moments = Flux.interval(Duration.ZERO, EVERY, scheduler)
                .onBackpressureDrop()
                .map(tick -> new Moment(generation.get(), "id: " + tick + "\ndata: " + snapshot.get() + "\n\n"))
                .doOnError(
                        fault -> LOG.error("a snapshot for the page failed for a fault of the program itself", fault))
                .replay(1)
                .refCount();
    }

    /** Whether there is a place for one more viewer right now. */
    boolean hasRoom() {
        return viewers.get() < MOST_VIEWERS;
    }

    /** The stream of one more viewer, from now on. He has a place as long as it is subscribed to. */
    Flux<String> events(long generation) {
        return Flux.defer(() -> admits() ? stream(generation) : Flux.just(LATER));
    }

    private boolean admits() {
        return viewers.getAndUpdate(now -> now < MOST_VIEWERS ? now + 1 : now) < MOST_VIEWERS;
    }

    private Flux<String> stream(long generation) {
        return Flux.concat(
                        Flux.just(RETRY),
                        moments.takeWhile(moment -> moment.generation() == generation)
                                .map(Moment::event)
                                .onErrorComplete())
                .doFinally(end -> viewers.decrementAndGet());
    }
}
