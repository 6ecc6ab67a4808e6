package io.heatwire.engine.health;

/**
 * What the stop of one stage came to.
 *
 * @param handedBack entries that others may take over at once, as Redis confirmed
 * @param left entries that could not be handed back and are still pending
 * @param confirmed whether Redis answered; otherwise {@code left} is what this process knows of
 * @param inTime whether the stage finished before the deadline
 */
public record StageDrain(long handedBack, long left, boolean confirmed, boolean inTime) {}
