/**
 * What state an edge of the wiring is in: a stream that a stage reads, a stream that it writes, a key that it looks up.
 *
 * <p>In: what the broker said at one look, and at those before. Out: exactly one state with a reason in numbers. Pure: no I/O and
 * no clock; times are given. Thread: any.
 */
@NullMarked
package io.heatwire.engine.edge;

import org.jspecify.annotations.NullMarked;
