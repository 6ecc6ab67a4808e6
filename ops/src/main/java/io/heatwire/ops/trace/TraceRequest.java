package io.heatwire.ops.trace;

/**
 * What is asked for.
 *
 * @param field the field that holds the id
 * @param sinceMs how far back to look, in ms
 * @param scanAtMost how many entries of each stream to look at
 */
public record TraceRequest(String field, String id, long sinceMs, int scanAtMost) {}
