package io.heatwire.wiring.graph;

/**
 * What concerns the engine as a whole.
 *
 * @param drainMs how long a stop may take, in ms
 * @param idleConsumerMs after how long an unused consumer of a stage's group is removed, in ms; 0 for never
 * @param starvedAfterMs after how long a reader that is given nothing of what is there is starved, in ms
 * @param stalledAfterMs after how long given entries of which none is settled are stalled, in ms
 */
public record EngineWire(long drainMs, long idleConsumerMs, long starvedAfterMs, long stalledAfterMs) {}
