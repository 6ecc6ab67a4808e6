/**
 * What is wrong with a wiring file, where, and what to write instead.
 *
 * <p>In: findings of every step of loading. Out: text for people, without secrets. Thread: one; a collection of findings belongs to
 * one load.
 */
@NullMarked
package io.heatwire.wiring.problem;

import org.jspecify.annotations.NullMarked;
