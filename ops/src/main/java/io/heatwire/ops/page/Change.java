package io.heatwire.ops.page;

/**
 * What came of a start or a reload.
 *
 * @param atMs when, Unix time in ms
 * @param generation the number of the wiring that ran afterwards
 * @param outcome in a word
 * @param said what changed, or why nothing did, in one line without secrets
 */
public record Change(long atMs, long generation, String outcome, String said) {}
