/**
 * Turns the harvest proposal of each symbol into an apply plan, once, with the result of a dry run. Never places an order.
 *
 * <p>In: one tick for each symbol, its proposal and calibrated hashes, the kill keys and the plan's markers. Out: entries of
 * apply.plan, apply.result and apply.heat.observed. Thread: any; nothing here holds state.
 */
@NullMarked
package io.heatwire.operators.applyplanner;

import org.jspecify.annotations.NullMarked;
