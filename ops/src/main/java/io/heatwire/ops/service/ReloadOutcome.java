package io.heatwire.ops.service;

/**
 * What came of a reload.
 *
 * @param generation the number of the wiring that runs now
 * @param change what changed, or why nothing did, in one line without secrets
 * @param findings what the check of the file says, for people; empty when it says nothing
 */
public record ReloadOutcome(Kind kind, long generation, String change, String findings) {

    /** How it ended. */
    public enum Kind {
        /** The new wiring runs. */
        ACCEPTED,
        /** The old wiring runs on; nothing was stopped. */
        REFUSED,
        /** The old wiring runs again: a stage of the new one could not start. */
        ROLLED_BACK,
        /** The new wiring says the same as the old one. */
        UNCHANGED
    }

    /** Whether what the file says is what runs. */
    public boolean isGood() {
        return kind == Kind.ACCEPTED || kind == Kind.UNCHANGED;
    }
}
