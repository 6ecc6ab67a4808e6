/**
 * The registry that all meters go to, and the text it is scraped as.
 *
 * <p>In: meters that the engine registers under the names of the contract. Out: Prometheus text 0.0.4 or OpenMetrics 1.0.0.
 * Thread: any.
 */
@NullMarked
package io.heatwire.ops.metrics;

import org.jspecify.annotations.NullMarked;
