/**
 * Meters: the operators' signals and the engine's own facts, all declared, all present at 0 from the start, all bounded.
 *
 * <p>In: meter declarations and values. Out: Micrometer meters. Thread: any.
 */
@NullMarked
package io.heatwire.engine.metrics;

import org.jspecify.annotations.NullMarked;
