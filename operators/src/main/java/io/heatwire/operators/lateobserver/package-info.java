/**
 * The late observer: waits for a published plan's heat decision, within bounds, and tells whether it came.
 *
 * <p>In: plans as they are published, and what the engine's looks found. Out: one event per plan on the observed stream; plans
 * that find no free place are counted, never queued. Thread: any; it holds no state.
 */
@NullMarked
package io.heatwire.operators.lateobserver;

import org.jspecify.annotations.NullMarked;
