package io.heatwire.ops.http;

/**
 * Which wiring runs.
 *
 * @param generation 1 at the start, one more with each reload that was accepted
 * @param sinceEpochS Unix time from which on it runs, in s
 * @param refusal why the last reload was refused, until one is accepted; empty when none was
 */
public record WiringState(long generation, long sinceEpochS, String refusal) {}
