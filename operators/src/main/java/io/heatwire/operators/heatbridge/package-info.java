/**
 * The heat bridge: turns heat decisions into keys that others look up by plan and by symbol.
 *
 * <p>In: heat decisions. Out: {@code by_plan}, {@code latest} and {@code latest_plan_id} keys with a time to live, once for
 * each plan within the dedupe window. Thread: any. Contract section 5.6; departures in
 * {@code docs/departures/heat_bridge.md}.
 */
@NullMarked
package io.heatwire.operators.heatbridge;

import org.jspecify.annotations.NullMarked;
