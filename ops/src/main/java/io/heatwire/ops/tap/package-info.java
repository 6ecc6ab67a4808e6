/**
 * Follows entries of streams without a group: what is shown, how much of it a second, and what is hidden.
 *
 * <p>In: entries. Out: lines. Thread: the one of the command; a slow terminal makes it read less, never remember more.
 */
@NullMarked
package io.heatwire.ops.tap;

import org.jspecify.annotations.NullMarked;
