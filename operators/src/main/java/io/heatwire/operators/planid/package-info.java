/**
 * The identity of a plan: the fingerprint that every service of the heat chain computes from the same proposal.
 *
 * <p>In: the parts of a proposal. Out: 16 hexadecimal characters. Thread: any.
 */
@NullMarked
package io.heatwire.operators.planid;

import org.jspecify.annotations.NullMarked;
