/**
 * The dedupe: hands on the first event of each kind within a window.
 *
 * <p>In: any events. Out: those that come first, as they came; the others are acknowledged and counted. Thread: any.
 */
@NullMarked
package io.heatwire.operators.dedupe;

import org.jspecify.annotations.NullMarked;
