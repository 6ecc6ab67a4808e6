/**
 * The heat gate: says of each plan how hot the portfolio is, and what a full close should shrink to.
 *
 * <p>In: plans, and the portfolio state. Out: one heat decision for each plan, and the newest decision of each symbol as a
 * shadow key. Thread: any. Contract section 5.2; departures in {@code docs/departures/heat_gate.md}.
 */
@NullMarked
package io.heatwire.operators.heatgate;

import org.jspecify.annotations.NullMarked;
