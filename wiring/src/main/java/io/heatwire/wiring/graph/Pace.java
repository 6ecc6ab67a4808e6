package io.heatwire.wiring.graph;

import io.heatwire.wiring.problem.Place;

/**
 * How much silence is normal.
 *
 * @param seconds at most this many between two entries, or between two writes of a key; {@link #ANY} when any silence is normal,
 *     {@link #UNSAID} when the file does not say
 * @param place where the file says it
 */
public record Pace(long seconds, Place place) {

    /** Any silence is normal. */
    public static final long ANY = -1;

    /** The file does not say. */
    public static final long UNSAID = 0;

    /** Whether the file says anything about it. */
    public boolean isSaid() {
        return seconds != UNSAID;
    }

    /** Whether there is a longest silence. */
    public boolean isLimited() {
        return seconds > 0;
    }
}
