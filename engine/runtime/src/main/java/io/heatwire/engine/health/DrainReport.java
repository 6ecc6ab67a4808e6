package io.heatwire.engine.health;

/**
 * What a stop came to.
 *
 * @param committed entries committed since the start
 * @param handedBack entries read but not committed that others may take over at once, as Redis confirmed
 * @param left entries read but not committed that could not be handed back: still pending, taken up at the next start under the
 *     same consumer names, or by others after min_idle_ms
 * @param confirmed whether Redis answered for every stage; otherwise {@code left} is what this process knows of
 * @param inTime whether every stage finished before the deadline; what it had not finished then was cut off
 * @param tookMs how long the stop took, in ms
 */
public record DrainReport(long committed, long handedBack, long left, boolean confirmed, boolean inTime, long tookMs) {}
