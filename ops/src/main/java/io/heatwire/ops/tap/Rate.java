package io.heatwire.ops.tap;

/** At most so many a second, by a clock the caller reads. */
final class Rate {

    private static final long SECOND_MS = 1000;

    private final int perSecond;
    private long secondBeganMs = Long.MIN_VALUE;
    private int taken;

    Rate(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Takes a place in this second; false when it has none left. */
    boolean take(long nowMs) {
        if (secondBeganMs == Long.MIN_VALUE || nowMs - secondBeganMs >= SECOND_MS) {
            secondBeganMs = nowMs;
            taken = 0;
        }
        if (taken >= perSecond) {
            return false;
        }
        taken++;
        return true;
    }

    /** How long until there are places again, in ms, at least 1. */
    long untilNextMs(long nowMs) {
        return Math.max(1, secondBeganMs + SECOND_MS - nowMs);
    }
}
