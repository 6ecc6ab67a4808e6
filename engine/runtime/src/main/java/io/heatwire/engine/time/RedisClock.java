package io.heatwire.engine.time;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The clock of Redis, estimated from this machine's clock and the last measured difference between the two. */
public final class RedisClock implements LongSupplier {

    private final LongSupplier machine;
    private final boolean follows;
    private final AtomicLong offsetMs = new AtomicLong();

    private RedisClock(LongSupplier machine, boolean follows) {
        this.machine = machine;
        this.follows = follows;
    }

    /** A clock that starts as this machine's own, in ms, and follows the samples from then on. */
    public static RedisClock from(LongSupplier machine) {
        return new RedisClock(machine, true);
    }

    /** A clock that is exactly this one whatever Redis says: for replays of the past. */
    public static RedisClock only(LongSupplier clock) {
        return new RedisClock(clock, false);
    }

    /** Unix time in ms. */
    @Override
    public long getAsLong() {
        return machine.getAsLong() + offsetMs.get();
    }

    /** Takes over what Redis said its time was, in ms. */
    public void sample(long redisMs) {
        if (follows) {
            offsetMs.set(redisMs - machine.getAsLong());
        }
    }
}
