/**
 * The operators that ship with Heatwire, one package each, and the catalog that lists them.
 *
 * <p>In: events, answers to look-ups, the time. Out: outcomes. Thread: any; nothing here holds state.
 */
@NullMarked
package io.heatwire.operators;

import org.jspecify.annotations.NullMarked;
