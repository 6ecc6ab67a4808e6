/**
 * What a portfolio heat gate in shadow mode would have done, and whether that is enough to let it do it.
 *
 * <p>In: the entries of its stream. Out: figures, a decision by criteria, as text and as one page of HTML. Thread: that of the
 * command.
 */
@NullMarked
package io.heatwire.ops.shadow;

import org.jspecify.annotations.NullMarked;
