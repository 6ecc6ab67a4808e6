package io.heatwire.operators.applyplanner;

import io.heatwire.contract.lookup.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the portfolio heat gate made of a proposal. It counts only for the very proposal it was made from: an old calibration of a
 * proposal that was since rewritten must not act again.
 *
 * @param action the calibrated action; empty unless it is used
 */
record Calibration(Use use, String action) {

    private static final String COMPUTED_AT = "computed_at_utc";

    /** The fields that are read. */
    static final List<String> FIELDS = List.of("action", COMPUTED_AT);

    /** Whether a calibration was used. */
    enum Use {
        /** There is none. */
        NONE,
        /** Its action replaces the proposed one. */
        USED,
        /** It was made from another proposal. */
        OTHER_PROPOSAL,
        /** It could not be read, or names no action. */
        UNUSABLE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The words in the metric; having none is no event. */
        static String[] words() {
            return Arrays.stream(values())
                    .filter(use -> use != NONE)
                    .map(Use::word)
                    .toArray(String[]::new);
        }
    }

    static Calibration of(Map<String, String> proposal, Answer calibrated) {
        if (calibrated instanceof Answer.Missing) {
            return new Calibration(Use.NONE, "");
        }
        if (!(calibrated instanceof Answer.Fields hash)) {
            return new Calibration(Use.UNUSABLE, "");
        }
        String action = hash.fields().getOrDefault("action", "");
        if (action.isEmpty()) {
            return new Calibration(Use.UNUSABLE, "");
        }
        String computedAt = proposal.getOrDefault(COMPUTED_AT, "");
        boolean same = !computedAt.isEmpty() && computedAt.equals(hash.fields().get(COMPUTED_AT));
        return same ? new Calibration(Use.USED, action) : new Calibration(Use.OTHER_PROPOSAL, "");
    }
}
