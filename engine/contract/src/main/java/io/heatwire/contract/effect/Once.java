package io.heatwire.contract.effect;

/**
 * A once-guard: what stands behind it is applied only by the commit that creates the marker. The marker is set in the same
 * atomic step as the effects, so it can never stand for effects that were not applied.
 *
 * @param key the marker key
 * @param ttlMs how long the marker stands, in ms, at least 1
 * @param value what the marker holds
 */
public record Once(String key, long ttlMs, String value) {}
