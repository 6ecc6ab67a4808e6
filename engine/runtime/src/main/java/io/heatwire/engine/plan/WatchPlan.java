package io.heatwire.engine.plan;

import io.heatwire.engine.edge.EdgeTimes;
import java.util.List;
import java.util.Map;

/**
 * What the running wiring is held against.
 *
 * @param paceMs by stream or key: the longest silence that is normal, in ms; what is not in here may be silent for ever
 * @param starvedAfterMs how long a reader may be given nothing of what is there, in ms
 * @param stalledAfterMs how long given entries may stay without one being settled, in ms; a stage that waits for keys has its
 *     longest wait on top
 * @param coverage pairs of which one should follow the other
 */
public record WatchPlan(
        Map<String, Long> paceMs, long starvedAfterMs, long stalledAfterMs, List<CoveragePlan> coverage) {

    /** Any silence is normal, the times are the usual ones, and nothing is paired. */
    public static final WatchPlan USUAL =
            new WatchPlan(Map.of(), EdgeTimes.STARVED_MS, EdgeTimes.STALLED_MS, List.of());
}
