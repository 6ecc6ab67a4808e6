/**
 * What became of one correlation id, from what Redis still holds.
 *
 * <p>In: a checked wiring and a connection. Out: a timeline, and whose turn it was. Thread: the one of the command.
 */
@NullMarked
package io.heatwire.ops.trace;

import org.jspecify.annotations.NullMarked;
