/**
 * The rules a wiring must keep, one small class each; they collect findings and never throw.
 *
 * <p>In: the graph. Out: findings. Thread: any; rules hold no state.
 */
@NullMarked
package io.heatwire.wiring.check;

import org.jspecify.annotations.NullMarked;
