package io.heatwire.engine;

import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.redis.RedisLinks;
import io.heatwire.engine.stage.StageRunner;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What runs by one plan.
 *
 * @param links the way to Redis
 * @param stageLinks the same as the stages see it
 * @param stages in the order of the plan
 */
record Generation(EnginePlan plan, RedisLinks links, LinkFactory stageLinks, List<StageRunner> stages) {

    Optional<StageRunner> stage(String name) {
        return stages.stream().filter(stage -> stage.plan().name().equals(name)).findFirst();
    }

    List<StageRunner> without(Collection<String> names) {
        return stages.stream()
                .filter(stage -> !names.contains(stage.plan().name()))
                .toList();
    }

    Duration drain() {
        return Duration.ofMillis(plan.drainMs());
    }
}
