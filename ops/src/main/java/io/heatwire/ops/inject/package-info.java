/**
 * Single entries, given to a stream by hand: held against what the wiring says of the stream, and never beyond its bound.
 *
 * <p>In: a wiring, fields. Out: entries of declared streams. Thread: the one of the command; it waits for each reply.
 */
@NullMarked
package io.heatwire.ops.inject;

import org.jspecify.annotations.NullMarked;
