/**
 * Market bars, real or simulated, and a portfolio that is carried through them.
 *
 * <p>In: a file of bars or a seed. Out: ticks, and the book of a simulated portfolio at each. Thread: any one at a time; no clock,
 * no randomness beyond the seed.
 */
@NullMarked
package io.heatwire.ops.demo.market;

import org.jspecify.annotations.NullMarked;
