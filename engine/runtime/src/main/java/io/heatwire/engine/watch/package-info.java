/**
 * What the broker knows and no stage does: lag, pending entries, the age of the oldest one; and the trimming of streams that
 * everybody has read.
 *
 * <p>In: replies of XINFO, XPENDING and TIME once a second. Out: the stages' status and gauges; XTRIM. Thread: one watch for
 * the engine, on the timer and the client's event loop.
 */
@NullMarked
package io.heatwire.engine.watch;

import org.jspecify.annotations.NullMarked;
