/**
 * What the broker says of streams, groups and keys, by commands that change nothing.
 *
 * <p>In: a connection. Out: plain values. Thread: the one of the command; it waits for each reply.
 */
@NullMarked
package io.heatwire.ops.look;

import org.jspecify.annotations.NullMarked;
