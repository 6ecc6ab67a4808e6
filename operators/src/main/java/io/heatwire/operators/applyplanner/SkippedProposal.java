package io.heatwire.operators.applyplanner;

import java.util.Arrays;
import java.util.Locale;

/** Why a cycle wrote nothing for a symbol. */
enum SkippedProposal {
    /** There is no proposal hash. */
    NO_PROPOSAL("No proposal available"),
    /** Required field absent. */
    MISSING_HARVEST_ACTION("Missing harvest_action"),
    /** Required field absent or blank. */
    MISSING_KILL_SCORE("Missing kill_score"),
    /** A kill score that is no finite number would pass or fail every threshold by accident. */
    INVALID_KILL_SCORE("Invalid kill_score, not a finite number"),
    /** Required field absent or blank. */
    MISSING_LAST_UPDATE_EPOCH("Missing last_update_epoch"),
    /** The time of the proposal is no finite number. */
    INVALID_LAST_UPDATE_EPOCH("Invalid last_update_epoch, not a finite number"),
    /** The key holds another type, or bytes that are not UTF-8. */
    UNREADABLE_PROPOSAL("Error reading harvest proposal"),
    /** Redis did not answer. */
    REDIS_ERROR("Error reading harvest proposal");

    private final String line;

    SkippedProposal(String line) {
        this.line = line;
    }

    /** The words for the log. */
    String line() {
        return line;
    }

    /** The word in the metric. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String[] words() {
        return Arrays.stream(values()).map(SkippedProposal::word).toArray(String[]::new);
    }
}
