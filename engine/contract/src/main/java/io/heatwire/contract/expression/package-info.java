/**
 * The expression language of settings: a strict, typed subset of CEL.
 *
 * <p>In: the text of an expression, once at start; then events. Out: a text, a number or a truth value, or the reason why there is
 * none. Evaluation is pure, ends for every event, and its cost is bounded by the length of expression and event. Thread: any.
 */
@NullMarked
package io.heatwire.contract.expression;

import org.jspecify.annotations.NullMarked;
