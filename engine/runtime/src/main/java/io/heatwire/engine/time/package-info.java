/**
 * The engine's time: the clock of Redis, so that ages and deadlines hold whatever the clock of this machine says.
 *
 * <p>In: samples of the TIME command. Out: Unix time in ms. Thread: any.
 */
@NullMarked
package io.heatwire.engine.time;

import org.jspecify.annotations.NullMarked;
