package io.heatwire.ops.look;

/**
 * An entry that was given to a consumer and is not acknowledged.
 *
 * @param idleMs how long ago it was last given, in ms
 * @param deliveries how often it was given
 */
public record PendingFacts(String consumer, long idleMs, long deliveries) {}
