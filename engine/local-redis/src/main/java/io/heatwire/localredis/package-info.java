/**
 * A real redis-server on loopback for tests and the demo, never for production.
 *
 * <p>In: how to start it. Out: a running process with a random port and password. Thread: any; starting and stopping block.
 */
@NullMarked
package io.heatwire.localredis;

import org.jspecify.annotations.NullMarked;
