/**
 * The wiring as immutable values, each name with the place where it was written.
 *
 * <p>In: what the shape of the file gave. Out: read by the checks and the assembly. Thread: any.
 */
@NullMarked
package io.heatwire.wiring.graph;

import org.jspecify.annotations.NullMarked;
