package io.heatwire.ops.tap;

import reactor.core.publisher.Mono;

/** When somebody asks to stop. */
public interface Ending {

    /** Whether somebody has. */
    boolean isAsked();

    /** Waits for this long, in ms, or until somebody asks; whether somebody has. */
    boolean isAskedWithin(long ms) throws InterruptedException;

    /** Completes when somebody asks. */
    Mono<Void> asked();
}
