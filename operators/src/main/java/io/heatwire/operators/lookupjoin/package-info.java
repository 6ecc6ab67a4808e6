/**
 * The lookup_join: adds to each event what a hash says.
 *
 * <p>In: any events, and the hash each of them names. Out: the events with further fields. Thread: any.
 */
@NullMarked
package io.heatwire.operators.lookupjoin;

import org.jspecify.annotations.NullMarked;
