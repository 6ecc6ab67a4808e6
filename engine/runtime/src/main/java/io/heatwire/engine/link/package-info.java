/**
 * The port between the stages and Redis: what a stage may ask of a pair of connections, without a word of the client library.
 *
 * <p>In: reads, look-ups and commits that stages ask for. Out: batches, answers and per-entry results; failures as
 * {@link io.heatwire.engine.link.LinkException}. Thread: replies arrive on the client's event loop.
 */
@NullMarked
package io.heatwire.engine.link;

import org.jspecify.annotations.NullMarked;
