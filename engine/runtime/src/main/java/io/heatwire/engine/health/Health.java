package io.heatwire.engine.health;

import java.util.List;
import java.util.stream.Stream;

/**
 * The state of the engine.
 *
 * @param redis host, port and database, without secrets
 * @param server name and version of the server, empty before the first connection
 * @param flow whether what goes in comes out
 * @param forced codes of findings that would have refused the start, had it not been forced; else empty
 */
public record Health(String redis, String server, List<StageHealth> stages, Flow flow, List<String> forced) {

    /** The health of stages that nobody forced. */
    public Health(String redis, String server, List<StageHealth> stages, Flow flow) {
        this(redis, server, stages, flow, List.of());
    }

    /** The same health of an engine that was started in spite of these findings. */
    public Health inSpiteOf(List<String> codes) {
        return new Health(redis, server, stages, flow, codes);
    }

    /** The health of stages whose flow nobody watches. */
    public Health(String redis, String server, List<StageHealth> stages) {
        this(redis, server, stages, Flow.UNWATCHED);
    }

    /** The worst status of any stage, or of what flows between them. */
    public Status status() {
        return Stream.concat(stages.stream().map(StageHealth::status), Stream.of(flow.status()))
                .max(Enum::compareTo)
                .orElse(Status.OK);
    }

    /**
     * Whether every stage reads and commits, and every stream and group it needs is there. What is silent, starved, stalled or
     * blocked leaves it ready: taking the process away would mend none of these.
     */
    public boolean ready() {
        return stages.stream().allMatch(stage -> stage.state() == StageState.RUNNING) && flow.ready();
    }
}
