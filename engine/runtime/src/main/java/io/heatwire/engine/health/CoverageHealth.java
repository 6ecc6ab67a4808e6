package io.heatwire.engine.health;

/**
 * How much of what should be there is.
 *
 * @param pair the pair's name
 * @param expected sampled entries that should have a counterpart by now
 * @param found those of them that have one
 * @param isAlarm whether the share has been too small for too long
 * @param why one sentence with numbers
 */
public record CoverageHealth(String pair, long expected, long found, boolean isAlarm, String why) {

    /** The share, 0 to 1; -1 when nothing is expected. */
    public double ratio() {
        return expected == 0 ? -1 : (double) found / expected;
    }
}
