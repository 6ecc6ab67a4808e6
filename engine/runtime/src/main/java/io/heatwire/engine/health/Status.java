package io.heatwire.engine.health;

/** The words of the contract's health answer. */
public enum Status {
    /** All is well. */
    OK,
    /** Alive, but waiting or not yet ready. */
    DEGRADED,
    /** Not working. */
    ERROR
}
