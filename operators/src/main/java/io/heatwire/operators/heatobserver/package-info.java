/**
 * The observation of heat: whether the decision for a plan could be found at a point of the chain, and the event that tells it.
 *
 * <p>In: a plan's entry and the answer to the look-up of its decision. Out: one event per plan and point on the observed stream,
 * and the coverage meters. Thread: any; it holds no state.
 */
@NullMarked
package io.heatwire.operators.heatobserver;

import org.jspecify.annotations.NullMarked;
