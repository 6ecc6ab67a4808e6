/**
 * The identity of an apply plan: the same proposal gives the same id in every service that computes it.
 *
 * <p>In: the parts of a proposal that make it this proposal. Out: the fingerprint and its hash. Thread: any.
 */
@NullMarked
package io.heatwire.operators.planid;

import org.jspecify.annotations.NullMarked;
