package io.heatwire.engine.health;

import java.util.Map;

/**
 * The state of one stage.
 *
 * @param error the last error, until the stage has settled entries again or found none; empty when all is well
 * @param epochs how many times the stage has opened its connections
 * @param committed entries committed since the start
 * @param lastLoopEpochS Unix time of the last good turn, in s; 0 before the first
 * @param lastLoopMs how long the last turn took, in ms
 * @param backlog entries pending or not yet delivered; -1 when Redis does not know
 * @param lagMs age of the oldest entry not yet processed, in ms; -1 when Redis does not know
 * @param waiting what the opening waits for (FULL, OOM, ...), else the commit, else the look-up before it, else the read; empty when nothing waits
 * @param contract the fields of the contract's health answer, in order
 */
public record StageHealth(
        String stage,
        StageState state,
        String error,
        long epochs,
        long committed,
        long lastLoopEpochS,
        long lastLoopMs,
        long backlog,
        long lagMs,
        String waiting,
        Map<String, Long> contract) {

    /** Whether the stage does what it should. */
    public Status status() {
        return switch (state) {
            case RUNNING, DRAINING -> waiting.isEmpty() && error.isEmpty() ? Status.OK : Status.DEGRADED;
            case STARTING, STOPPED -> Status.DEGRADED;
            case BACKING_OFF -> Status.ERROR;
        };
    }
}
