package io.heatwire.engine.faults;

import java.time.Duration;
import java.util.Arrays;

/** Tells slow from stuck: over when none of some figures has moved for this long. */
final class Standstill {

    private final Duration patience;
    private long[] last = {};
    private long since = System.nanoTime();

    Standstill(Duration patience) {
        this.patience = patience;
    }

    boolean isOver(long... figures) {
        if (!Arrays.equals(figures, last)) {
            last = figures;
            since = System.nanoTime();
        }
        return System.nanoTime() - since > patience.toNanos();
    }
}
