/**
 * Tells systemd how the service is: ready, its state in a line, reloading, stopping, and that it gets on.
 *
 * <p>In: health and progress of the engine. Out: messages to the socket that {@code NOTIFY_SOCKET} names; nothing without it. Thread:
 * parallel for the clock, boundedElastic for the sending; the engine never waits for either.
 */
@NullMarked
package io.heatwire.ops.systemd;

import org.jspecify.annotations.NullMarked;
