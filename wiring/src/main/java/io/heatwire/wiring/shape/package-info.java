/**
 * Reads nodes into the graph: which keys there are, which are needed, and what type each value has.
 *
 * <p>In: nodes. Out: the typed graph, and a problem for each key that is unknown, missing or of the wrong type. Thread: any.
 */
@NullMarked
package io.heatwire.wiring.shape;

import org.jspecify.annotations.NullMarked;
