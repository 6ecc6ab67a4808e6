package io.heatwire.ops.trace;

/**
 * Something that happened.
 *
 * @param atMs when, Unix time in ms; -1 when that cannot be told
 * @param what in words
 * @param where the stream, key or stage
 */
public record Step(long atMs, String what, String where) {}
