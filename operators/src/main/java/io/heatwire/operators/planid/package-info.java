/**
 * The identity of a plan: the same proposal has the same id in every service that computes it.
 *
 * <p>In: the parts of a proposal. Out: 16 hexadecimal characters. Thread: any.
 */
@NullMarked
package io.heatwire.operators.planid;

import org.jspecify.annotations.NullMarked;
