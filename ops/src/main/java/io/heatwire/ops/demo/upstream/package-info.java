/**
 * The services upstream of the chain, simulated: what they would write about the portfolio after each tick.
 *
 * <p>In: the book of a portfolio and the time. Out: Redis commands with the keys, fields and formats of the contract (sections 3
 * and 4). Thread: any one at a time; no clock, no connection.
 */
@NullMarked
package io.heatwire.ops.demo.upstream;

import org.jspecify.annotations.NullMarked;
