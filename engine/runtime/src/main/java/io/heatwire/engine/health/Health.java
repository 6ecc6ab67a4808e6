package io.heatwire.engine.health;

import java.util.List;

/**
 * The state of the engine.
 *
 * @param redis host, port and database, without secrets
 * @param server name and version of the server, empty before the first connection
 */
public record Health(String redis, String server, List<StageHealth> stages) {

    /** The worst status of any stage. */
    public Status status() {
        return stages.stream().map(StageHealth::status).max(Enum::compareTo).orElse(Status.OK);
    }

    /** Whether every stage reads and commits. */
    public boolean ready() {
        return stages.stream().allMatch(stage -> stage.state() == StageState.RUNNING);
    }
}
