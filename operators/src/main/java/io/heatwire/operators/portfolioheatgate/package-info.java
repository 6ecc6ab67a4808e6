/**
 * The portfolio heat gate: moderates full closes by the heat of the whole portfolio.
 *
 * <p>In: proposals, the portfolio state and the newest position snapshots. Out: calibrated proposals on a stream, and in enforce
 * mode a short-lived hash per symbol that the planner prefers. Thread: any; it holds no state.
 */
@NullMarked
package io.heatwire.operators.portfolioheatgate;

import org.jspecify.annotations.NullMarked;
