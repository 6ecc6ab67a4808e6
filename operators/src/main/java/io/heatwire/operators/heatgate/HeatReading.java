package io.heatwire.operators.heatgate;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What the portfolio state says at one moment. */
sealed interface HeatReading {

    /**
     * The heat is known.
     *
     * @param score from 0 to 1, rounded to four decimals
     * @param components each from 0 to 1
     */
    record Known(double score, HeatLevel level, long ageSec, Map<HeatInput, Double> components)
            implements HeatReading {}

    /**
     * The heat is not known.
     *
     * @param ageSec age of the state, only when that is the reason
     * @param missing the inputs that are absent
     * @param invalid the inputs that are no finite numbers
     * @param unreadable why the state could not be read at all; empty when it could
     */
    record Unknown(
            HeatFailure failure,
            OptionalLong ageSec,
            List<HeatInput> missing,
            List<HeatInput> invalid,
            String unreadable)
            implements HeatReading {

        /** Unknown for a reason that needs no further words. */
        static Unknown because(HeatFailure failure) {
            return new Unknown(failure, OptionalLong.empty(), List.of(), List.of(), "");
        }
    }
}
