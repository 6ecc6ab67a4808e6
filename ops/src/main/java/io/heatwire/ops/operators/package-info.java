/**
 * Operators of others, from jars in a directory.
 *
 * <p>In: a directory. Out: a catalog in which every name is used once, or one line that says which jar cannot be used and why.
 * Thread: the main thread, at start.
 */
@NullMarked
package io.heatwire.ops.operators;

import org.jspecify.annotations.NullMarked;
