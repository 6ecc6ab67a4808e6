package io.heatwire.engine.link;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.plan.SourcePlan;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Opens the connections of an epoch. */
public interface LinkFactory {

    /**
     * Opens a pair of connections, loads the script and makes sure that the consumer group exists.
     *
     * @param source the stream to read; null for a stage that reads none
     * @param groupFrom where the group begins if it has to be created
     * @param script text of the commit script
     */
    Mono<StageLink> open(SourcePlan.@Nullable FromStream source, EntryId groupFrom, String script);
}
