/**
 * Metrics, health and readiness over HTTP.
 *
 * <p>In: the listeners of the wiring, the registry, the engine's health, and the site of the page. Out: answers to GET and HEAD. Thread: one event loop
 * of its own, which never waits for Redis: answers are made from memory, or elsewhere by a {@link Site}.
 */
@NullMarked
package io.heatwire.ops.http;

import org.jspecify.annotations.NullMarked;
