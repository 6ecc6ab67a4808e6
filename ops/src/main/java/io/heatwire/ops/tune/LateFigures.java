package io.heatwire.ops.tune;

import java.util.Locale;

/**
 * What a late observer did in a stretch of time, and its settings.
 *
 * @param seconds how long the stretch was; 0 when that is not known, since the counts are those since the start
 * @param dropped plans that found no free place
 * @param observed events written
 * @param timeouts those of them whose key did not come in time
 * @param redisErrors those of them for which Redis did not answer
 * @param inFlight how many wait now
 * @param behind how many entries the stages that write the awaited key have not processed yet
 */
public record LateFigures(
        double seconds,
        long dropped,
        long observed,
        long timeouts,
        long redisErrors,
        long inFlight,
        long behind,
        long maxInflight,
        long maxWorkers,
        long maxWaitMs) {

    boolean hasTime() {
        return seconds > 0;
    }

    /** How many plans came, a second. */
    double arrivals() {
        return hasTime() ? (dropped + observed) / seconds : 0;
    }

    /** How many places plans take that come at this pace and wait for as long as they may. */
    long placesNeeded(long waitMs) {
        return (long) Math.ceil(arrivals() * waitMs / 1_000.0);
    }

    /** The numbers, in a line. */
    public String shown() {
        String time = hasTime() ? String.format(Locale.ROOT, "in %.0f s", seconds) : "since the start";
        return time + ": " + observed + " observed, " + timeouts + " timeout, " + redisErrors + " redis_error, "
                + dropped + " dropped; now " + inFlight + " waiting of " + maxInflight;
    }
}
