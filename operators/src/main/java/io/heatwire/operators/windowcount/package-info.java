/**
 * The window_count: counts and sums events in windows of time.
 *
 * <p>In: any events. Out: a hash for each key and window, counted up exactly once for each event. Thread: any.
 */
@NullMarked
package io.heatwire.operators.windowcount;

import org.jspecify.annotations.NullMarked;
