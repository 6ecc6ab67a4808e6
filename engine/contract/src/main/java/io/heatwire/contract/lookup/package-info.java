/**
 * The keys an operator asks the engine to read before it decides, and the answers it gets.
 *
 * <p>In: keys rendered from the templates of the wiring. Out: one {@link io.heatwire.contract.lookup.Answer} for each
 * look-up, a failure included. Thread: any.
 */
@NullMarked
package io.heatwire.contract.lookup;

import org.jspecify.annotations.NullMarked;
