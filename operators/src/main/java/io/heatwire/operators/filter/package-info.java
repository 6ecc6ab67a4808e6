/**
 * The filter: hands on the events for which a condition is true.
 *
 * <p>In: any events. Out: those that match, as they came; the others are acknowledged and counted. Thread: any.
 */
@NullMarked
package io.heatwire.operators.filter;

import org.jspecify.annotations.NullMarked;
