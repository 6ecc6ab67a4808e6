package io.heatwire.wiring.graph;

/**
 * Two names that belong together.
 *
 * @param name a port of an operator, or an alias of a field
 * @param target what stands behind it: a stream, a key, a field
 */
public record Binding(Word name, Word target) {}
