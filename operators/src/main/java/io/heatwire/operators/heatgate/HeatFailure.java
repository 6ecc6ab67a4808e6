package io.heatwire.operators.heatgate;

import java.util.Arrays;
import java.util.stream.Stream;

/** Why the heat is unknown. */
enum HeatFailure {
    MISSING_INPUTS("missing_inputs"),
    MISSING_TS("missing_ts"),
    INVALID_TS("invalid_ts"),
    STALE_INPUTS("stale_inputs"),
    INVALID_INPUTS("invalid_inputs");

    private final String word;

    HeatFailure(String word) {
        this.word = word;
    }

    /** The reason while the gate fails open: the bare word of the documents. */
    String open() {
        return word;
    }

    /** The reason of a full close that a gate failing closed held back. */
    String heldBack() {
        return "FAIL-CLOSED(" + word + ")";
    }

    /** The reason of any other action that a gate failing closed let pass. */
    String letPass() {
        return "FAIL-OPEN(" + word + ")";
    }

    /** Every reason there is. */
    static String[] reasons() {
        return Arrays.stream(values())
                .flatMap(failure -> Stream.of(failure.open(), failure.heldBack(), failure.letPass()))
                .toArray(String[]::new);
    }
}
