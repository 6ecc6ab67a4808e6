/**
 * What a running engine says of itself, asked over HTTP and shown as tables.
 *
 * <p>In: an address and what its /health answers. Out: lines for a terminal, and whether all is well. Thread: that of the command.
 */
@NullMarked
package io.heatwire.ops.status;

import org.jspecify.annotations.NullMarked;
