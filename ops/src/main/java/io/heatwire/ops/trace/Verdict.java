package io.heatwire.ops.trace;

/**
 * How it ended.
 *
 * @param isComplete whether nobody has it still to do
 * @param sentence where it broke off and whose turn it was
 */
public record Verdict(boolean isComplete, String sentence) {}
