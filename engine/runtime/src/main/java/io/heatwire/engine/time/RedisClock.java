package io.heatwire.engine.time;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The clock of Redis, estimated from this machine's clock and the last measured difference between the two. */
public final class RedisClock implements LongSupplier {

    private final LongSupplier machine;
    private final AtomicLong offsetMs = new AtomicLong();

    /** A clock over the machine's own, in ms; until the first sample both are the same. */
    public RedisClock(LongSupplier machine) {
        this.machine = machine;
    }

    /** Unix time in ms. */
    @Override
    public long getAsLong() {
        return machine.getAsLong() + offsetMs.get();
    }

    /** Takes over what Redis said its time was, in ms. */
    public void sample(long redisMs) {
        offsetMs.set(redisMs - machine.getAsLong());
    }
}
