/**
 * What the engine says of itself: one snapshot of all stages.
 *
 * <p>In: facts that stages and the broker watch report. Out: values for the health endpoint. Thread: any.
 */
@NullMarked
package io.heatwire.engine.health;

import org.jspecify.annotations.NullMarked;
