/**
 * The whole chain on a real Redis in one process, fed by a portfolio that is simulated on market bars.
 *
 * <p>In: where prices and Redis come from, how fast and how long. Out: lines for people, a table at the end, and whether Redis and
 * /metrics agree. Thread: the caller's; it waits. The engine runs on its own threads.
 */
@NullMarked
package io.heatwire.ops.demo;

import org.jspecify.annotations.NullMarked;
