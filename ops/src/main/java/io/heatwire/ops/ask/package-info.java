/**
 * Asks a running engine through the listeners of its wiring.
 *
 * <p>In: listeners. Out: what they answer. Thread: the one of the command; it waits for each answer.
 */
@NullMarked
package io.heatwire.ops.ask;

import org.jspecify.annotations.NullMarked;
