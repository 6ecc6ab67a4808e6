/**
 * What running engines say of themselves, shown as tables.
 *
 * <p>In: what their /health answers. Out: lines for a terminal, and whether all is well. Thread: that of the command.
 */
@NullMarked
package io.heatwire.ops.status;

import org.jspecify.annotations.NullMarked;
