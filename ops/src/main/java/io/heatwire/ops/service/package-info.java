/**
 * One running process: the engine, its meters and its listeners.
 *
 * <p>In: a checked wiring. Out: the engine at work until it is stopped. Thread: any.
 */
@NullMarked
package io.heatwire.ops.service;

import org.jspecify.annotations.NullMarked;
