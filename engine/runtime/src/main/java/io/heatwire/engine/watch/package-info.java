/**
 * What the broker knows and no stage does: lag, pending entries, the age of the oldest one; and the trimming of streams that
 * everybody has read.
 *
 * <p>In: replies of XINFO, XPENDING and TIME once a second, and commits that find a stream full. Out: the stages' status and gauges;
 * XTRIM. Thread: one watch for the engine, one step at a time, on the timer, the client's event loop and the workers of stages.
 */
@NullMarked
package io.heatwire.engine.watch;

import org.jspecify.annotations.NullMarked;
