/**
 * What was known of a plan's heat at one point of its life: the event every observer writes.
 *
 * <p>In: a plan and the answer to the look-up of its heat decision. Out: the fields of the event. Thread: any.
 */
@NullMarked
package io.heatwire.operators.heatobserver;

import org.jspecify.annotations.NullMarked;
