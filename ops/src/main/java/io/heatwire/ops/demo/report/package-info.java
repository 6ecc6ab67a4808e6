/**
 * What the chain did, told twice: once from Redis and once from /metrics, and held against each other.
 *
 * <p>In: stream entries, key expiry times and a scrape. Out: figures, reconciliations and a table for people. Thread: any one at
 * a time; no connection.
 */
@NullMarked
package io.heatwire.ops.demo.report;

import org.jspecify.annotations.NullMarked;
