/**
 * The record of what people and programs changed: who, what, why, before, after and the proof.
 *
 * <p>In: one entry for each change. Out: a file of JSON Lines that only grows. Thread: the caller's; every append holds a lock on
 * the file.
 */
@NullMarked
package io.heatwire.ops.ledger;

import org.jspecify.annotations.NullMarked;
