/**
 * The live page: the wiring with the state of each edge, figures of the last minutes, and questions about single ids.
 *
 * <p>In: the engine's health and meters, and for questions a connection to Redis of their own. Out: files of the page, snapshots as
 * server-sent events, answers in JSON. Nothing is changed. Thread: any; snapshots are made once for all viewers, questions are
 * asked on a thread of their own, one at a time.
 */
@NullMarked
package io.heatwire.ops.page;

import org.jspecify.annotations.NullMarked;
