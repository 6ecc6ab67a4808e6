package io.heatwire.wiring.graph;

/**
 * What concerns the engine as a whole.
 *
 * @param drainMs how long a stop may take, in ms
 * @param idleConsumerMs after how long an unused consumer of a stage's group is removed, in ms; 0 for never
 */
public record EngineWire(long drainMs, long idleConsumerMs) {}
