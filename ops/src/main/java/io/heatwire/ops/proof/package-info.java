/**
 * Proofs against a running engine: for each kind of operator a suite that gives it entries nobody can mistake for real ones, looks at
 * what becomes of them, and takes them away again.
 *
 * <p>In: a wiring, its Redis, the listeners of the running engine. Out: lines that pass or fail. Thread: the one of the command; it
 * waits for each reply.
 */
@NullMarked
package io.heatwire.ops.proof;

import org.jspecify.annotations.NullMarked;
