/**
 * Holds what observers wrote into their stream against what their counters say, over the same time.
 *
 * <p>In: a stream, a scrape. Out: tables, and whether the two agree. Thread: the one of the command; it waits for each reply.
 */
@NullMarked
package io.heatwire.ops.verify;

import org.jspecify.annotations.NullMarked;
