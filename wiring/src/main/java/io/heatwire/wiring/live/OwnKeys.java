package io.heatwire.wiring.live;

import io.heatwire.engine.lease.ConsumerLease;
import io.heatwire.engine.offset.SavedOffset;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keys that no file names: where the engine itself keeps offsets, leases and dead letters. */
final class OwnKeys {

    /**
     * One of them.
     *
     * @param stage the stage it belongs to
     * @param type its type as Redis calls it
     */
    record OwnKey(String stage, String type) {}

    private OwnKeys() {}

    static Map<String, OwnKey> of(EnginePlan plan) {
        Map<String, OwnKey> keys = new LinkedHashMap<>();
        for (StagePlan stage : plan.stages()) {
            keys.put(stage.deadStream(), new OwnKey(stage.name(), "stream"));
            if (stage.source() instanceof SourcePlan.FromStream source) {
                keys.put(SavedOffset.key(source.key(), source.group()), new OwnKey(stage.name(), "hash"));
                keys.put(
                        ConsumerLease.key(source.key(), source.group(), source.consumer()),
                        new OwnKey(stage.name(), "string"));
            }
        }
        return keys;
    }
}
