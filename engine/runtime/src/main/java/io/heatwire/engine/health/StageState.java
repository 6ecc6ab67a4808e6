package io.heatwire.engine.health;

/** Where a stage is in its life. */
public enum StageState {
    /** Not started yet, or opening its connections. */
    STARTING,
    /** Reading, deciding and committing. */
    RUNNING,
    /** An epoch ended with an error; the next one opens after a pause. */
    BACKING_OFF,
    /** No longer reading; finishing what it holds. */
    DRAINING,
    /** Ended by a stop. */
    STOPPED
}
