/**
 * The saved offset of a consumer group: what Redis forgets when the group is lost, kept beside the stream by every commit.
 *
 * <p>In: nothing. Out: the key of the hash, and the parts of Lua by which the scripts of the engine read and write it. Thread:
 * any.
 */
@NullMarked
package io.heatwire.engine.offset;

import org.jspecify.annotations.NullMarked;
