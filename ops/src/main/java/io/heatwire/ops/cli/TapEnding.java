package io.heatwire.ops.cli;

import io.heatwire.ops.tap.Ending;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;

/** Ctrl-C. */
record TapEnding(StopRequest stop) implements Ending {

    @Override
    public boolean isAsked() {
        return stop.isRequested();
    }

    @Override
    public boolean isAskedWithin(long ms) throws InterruptedException {
        try {
            stop.requested().get(ms, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException nobodyAsked) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Mono<Void> asked() {
        return Mono.fromFuture(stop.requested(), true);
    }
}
