package io.heatwire.engine.plan;

/** What becomes of an entry that a stage can never commit. */
public enum OnPoison {
    /** It goes to the dead-letter stream with its reason, and the stage goes on. */
    DEAD,
    /** The stage stands still before it until a person has mended the cause: nothing behind it is committed. */
    HALT
}
