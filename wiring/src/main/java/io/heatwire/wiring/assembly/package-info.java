/**
 * Turns a graph without problems into what the engine runs.
 *
 * <p>In: the graph and the names of the stages that run. Out: an engine plan. Thread: any.
 */
@NullMarked
package io.heatwire.wiring.assembly;

import org.jspecify.annotations.NullMarked;
