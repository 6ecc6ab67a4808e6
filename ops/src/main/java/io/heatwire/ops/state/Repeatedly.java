package io.heatwire.ops.state;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Looks again and again until there is something to see. */
public final class Repeatedly {

    private static final Duration EVERY = Duration.ofMillis(50);

    private Repeatedly() {}

    /**
     * What the first look that finds something finds; empty when none does in time. Waits for it; a look may wait, too, and is never
     * broken off.
     */
    public static <T> Optional<T> until(Duration atMost, Callable<Optional<T>> look) {
        long endNs = System.nanoTime() + atMost.toNanos();
        return Flux.interval(Duration.ZERO, EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> Mono.fromCallable(look).subscribeOn(Schedulers.boundedElastic()), 0)
                .takeUntil(found -> found.isPresent() || System.nanoTime() - endNs >= 0)
                .filter(Optional::isPresent)
                .map(Optional::orElseThrow)
                .next()
                .blockOptional();
    }
}
