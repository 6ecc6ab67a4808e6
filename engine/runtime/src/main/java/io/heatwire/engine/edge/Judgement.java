package io.heatwire.engine.edge;

/**
 * A state and why.
 *
 * @param why one sentence for people, with numbers
 */
public record Judgement(EdgeState state, String why) {}
