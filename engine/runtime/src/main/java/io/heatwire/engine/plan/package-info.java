/**
 * What the engine is told to run: streams with their policies, stages with their sources, as immutable values.
 *
 * <p>In: the checked wiring, or plain code. Out: read by the engine at start, never changed. Thread: any.
 */
@NullMarked
package io.heatwire.engine.plan;

import org.jspecify.annotations.NullMarked;
