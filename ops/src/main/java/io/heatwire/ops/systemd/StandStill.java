package io.heatwire.ops.systemd;

import io.heatwire.engine.health.StageProgress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a stage that has entries in hand and does nothing whatever with them: no answer, no refusal, no new attempt. A Redis that is
 * down, full or slow is no reason: whoever waits for it tries again, and each try is a step.
 */
final class StandStill {

    private Map<String, Seen> last = Map.of();

    /** A stage with the number of its last step, and the moment that was first seen. */
    private record Seen(long steps, long atMs) {}

    /**
     * Looks once.
     *
     * @param atMs by a clock that never goes back
     * @return the first stage that has stood still for this long
     */
    Optional<StageProgress> longerThan(long limitMs, List<StageProgress> stages, long atMs) {
        Map<String, Seen> now = new HashMap<>();
        stages.forEach(stage -> now.put(stage.stage(), seen(stage, atMs)));
        last = now;
        return stages.stream()
                .filter(stage -> atMs - seen(stage, atMs).atMs() >= limitMs)
                .findFirst();
    }

    private Seen seen(StageProgress stage, long atMs) {
        Seen before = last.get(stage.stage());
        return before != null && stage.inFlight() > 0 && before.steps() == stage.steps()
                ? before
                : new Seen(stage.steps(), atMs);
    }
}
