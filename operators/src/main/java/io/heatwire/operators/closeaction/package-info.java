/**
 * The words that close a position, in full or in part: declared once for every operator that reads them.
 *
 * <p>In: the action text of a proposal. Out: how much of the position it closes. Thread: any.
 */
@NullMarked
package io.heatwire.operators.closeaction;

import org.jspecify.annotations.NullMarked;
