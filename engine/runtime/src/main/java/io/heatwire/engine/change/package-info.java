/**
 * How two plans differ, stage by stage, and why a plan was refused.
 *
 * <p>In: the plan that runs and the one that shall. Out: which stages a change touches. Thread: any; immutable values.
 */
@NullMarked
package io.heatwire.engine.change;

import org.jspecify.annotations.NullMarked;
