package io.heatwire.ops.proof;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What tells the entries and keys of a proof from real ones: every id begins with one prefix, and the symbol is always the same, so
 * that metrics with a symbol get one more series and not one for each run.
 *
 * @param run tells this run from others
 */
record Marks(String run) {

    static final String SYMBOL = "HEATWIREPROOF";
    static final String PREFIX = "heatwire-proof-";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RUN_BYTES = 4;

    static Marks anew() {
        byte[] bytes = new byte[RUN_BYTES];
        RANDOM.nextBytes(bytes);
        return new Marks(HexFormat.of().formatHex(bytes));
    }

    /** What every id of this run begins with. */
    String prefix() {
        return PREFIX + run + "-";
    }

    /** An id of this run. */
    String id(String what) {
        return prefix() + what;
    }
}
