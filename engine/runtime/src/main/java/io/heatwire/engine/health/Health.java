package io.heatwire.engine.health;

import java.util.List;

/**
 * The state of the engine.
 *
 * @param redis host, port and database, without secrets
 * @param server name and version of the server, empty before the first connection
 * @param forced codes of findings that would have refused the start, had it not been forced; else empty
 */
public record Health(String redis, String server, List<StageHealth> stages, List<String> forced) {

    /** The state of an engine that nobody forced. */
    public Health(String redis, String server, List<StageHealth> stages) {
        this(redis, server, stages, List.of());
    }

    /** The same state of an engine that was started in spite of these findings. */
    public Health inSpiteOf(List<String> codes) {
        return new Health(redis, server, stages, codes);
    }

    /** The worst status of any stage. */
    public Status status() {
        return stages.stream().map(StageHealth::status).max(Enum::compareTo).orElse(Status.OK);
    }

    /** Whether every stage reads and commits. */
    public boolean ready() {
        return stages.stream().allMatch(stage -> stage.state() == StageState.RUNNING);
    }
}
