/**
 * The mode of a stage changed in its wiring file, the running engine made to take it over, and the effect seen; or all of it undone.
 *
 * <p>In: the running engine's word, its wiring file, its Redis and its metrics. Out: a changed file, a backup, the ledger. Thread:
 * that of the command.
 */
@NullMarked
package io.heatwire.ops.mode;

import org.jspecify.annotations.NullMarked;
