/**
 * What an operator is: the pure contract between the engine and the logic it runs.
 *
 * <p>In: an {@link io.heatwire.contract.event.Event}, the answers to its look-ups and the time. Out: an
 * {@link io.heatwire.contract.effect.Outcome}. Thread: any; operators hold no state and are called by one thread per stage.
 */
@NullMarked
package io.heatwire.contract;

import org.jspecify.annotations.NullMarked;
