/**
 * Redis through Lettuce: the only package that knows the client library. Implements the ports of the engine.
 *
 * <p>In: reads, look-ups and commits. Out: compact events, answers, per-entry numbers; errors classified by what to do about
 * them. Thread: replies are decoded on the client's event loop, one loop for each connection.
 */
@NullMarked
package io.heatwire.engine.redis;

import org.jspecify.annotations.NullMarked;
