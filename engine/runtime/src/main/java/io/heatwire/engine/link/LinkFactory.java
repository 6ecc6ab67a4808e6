package io.heatwire.engine.link;

import io.heatwire.engine.plan.SourcePlan;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Opens the connections of an epoch. */
public interface LinkFactory {

    /**
     * Opens a pair of connections, loads the script and makes sure that the consumer group exists, by its saved offset if it
     * is gone.
     *
     * @param source the stream to read; null for a stage that reads none
     * @param script text of the commit script
     * @return fails with {@link LinkException#GROUP_GONE} when the group is gone and the plan says stop
     */
    Mono<StageLink> open(SourcePlan.@Nullable FromStream source, String script);
}
