package io.heatwire.engine.health;

/**
 * What a stop came to.
 *
 * @param committed entries committed since the start
 * @param handedBack entries read but not committed: still pending, taken up at the next start or by another consumer
 * @param inTime whether every stage finished before the deadline
 */
public record DrainReport(long committed, long handedBack, boolean inTime) {}
