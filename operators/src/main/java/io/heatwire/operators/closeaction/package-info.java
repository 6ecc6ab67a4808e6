/**
 * The one vocabulary of close actions, shared by the gate that moderates them and the planner that turns them into steps.
 *
 * <p>In: the action text of a proposal. Out: the close it means, if any. Thread: any.
 */
@NullMarked
package io.heatwire.operators.closeaction;

import org.jspecify.annotations.NullMarked;
