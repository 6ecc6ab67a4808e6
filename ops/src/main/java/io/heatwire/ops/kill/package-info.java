/**
 * The kill switch: the keys that block every plan of a planner.
 *
 * <p>In: a wiring and its Redis. Out: what each key holds, and the keys set or deleted. Thread: that of the command.
 */
@NullMarked
package io.heatwire.ops.kill;

import org.jspecify.annotations.NullMarked;
