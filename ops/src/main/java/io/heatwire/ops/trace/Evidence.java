package io.heatwire.ops.trace;

import io.heatwire.engine.plan.StagePlan;
import java.util.List;
import java.util.Optional;

/** All that Redis still holds of an id, at one moment. */
record Evidence(
        TraceRequest request,
        long nowMs,
        List<StagePlan> stages,
        List<StreamFound> streams,
        List<KeyFound> keys,
        List<Stand> stands) {

    Optional<StreamFound> stream(String key) {
        return streams.stream()
                .filter(stream -> stream.deadOf().isEmpty() && stream.key().equals(key))
                .findFirst();
    }

    boolean isNothing() {
        return streams.stream().allMatch(stream -> stream.entries().isEmpty())
                && keys.stream().noneMatch(KeyFound::isThere);
    }
}
