/**
 * The engine: reads streams, asks operators, commits their effects together with the acknowledgement.
 *
 * <p>In: an {@link io.heatwire.engine.plan.EnginePlan}. Out: effects in Redis, metrics, health. Thread: any; the stages run on
 * schedulers of their own.
 */
@NullMarked
package io.heatwire.engine;

import org.jspecify.annotations.NullMarked;
