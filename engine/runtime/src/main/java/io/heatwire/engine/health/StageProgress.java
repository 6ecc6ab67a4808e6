package io.heatwire.engine.health;

/**
 * Whether a stage gets on with what it has read.
 *
 * @param steps changes with everything that happens to the stage: answers, refusals, new attempts, connections
 * @param inFlight entries read and not yet settled
 */
public record StageProgress(String stage, long steps, long inFlight) {}
