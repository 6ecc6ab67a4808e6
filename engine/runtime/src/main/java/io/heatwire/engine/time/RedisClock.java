package io.heatwire.engine.time;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The clock of Redis: a steady clock of this machine, and the last measured difference between the two. When somebody sets the
 * machine's clock, nothing here notices; when the clock of Redis is set, the next sample does.
 */
public final class RedisClock implements LongSupplier {

    private final LongSupplier steady;
    private final boolean follows;
    private final AtomicLong offsetMs = new AtomicLong();

    private RedisClock(LongSupplier steady, boolean follows) {
        this.steady = steady;
        this.follows = follows;
    }

    /** A clock that begins at this machine's time and follows the samples from then on. */
    public static RedisClock running() {
        RedisClock clock = from(() -> System.nanoTime() / 1_000_000);
        clock.sample(System.currentTimeMillis());
        return clock;
    }

    /** A clock that begins as this one, in ms, and follows the samples from then on. */
    public static RedisClock from(LongSupplier steady) {
        return new RedisClock(steady, true);
    }

    /** A clock that is exactly this one whatever Redis says: for replays of the past. */
    public static RedisClock only(LongSupplier clock) {
        return new RedisClock(clock, false);
    }

    /** Unix time in ms. */
    @Override
    public long getAsLong() {
        return steady.getAsLong() + offsetMs.get();
    }

    /** Time that only ever goes on, in ms from an arbitrary beginning: for what has to wait, whoever sets a clock meanwhile. */
    public long steadyMs() {
        return steady.getAsLong();
    }

    /** Takes over what Redis said its time was, in ms. */
    public void sample(long redisMs) {
        if (follows) {
            offsetMs.set(redisMs - steady.getAsLong());
        }
    }
}
