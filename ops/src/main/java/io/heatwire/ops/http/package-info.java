/**
 * Metrics, health and readiness over HTTP.
 *
 * <p>In: the listeners of the wiring, the registry and the engine's health. Out: answers to GET and HEAD. Thread: one event loop
 * of its own; answers are made from memory and never wait for Redis.
 */
@NullMarked
package io.heatwire.ops.http;

import org.jspecify.annotations.NullMarked;
