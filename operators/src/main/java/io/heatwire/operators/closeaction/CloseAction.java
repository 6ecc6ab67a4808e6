package io.heatwire.operators.closeaction;

import java.util.Optional;

/** An action that closes a position. Each has two spellings: alone and with {@code _PROPOSED} behind it. */
public enum CloseAction {
    /** FULL_CLOSE. */
    FULL(100.0),
    /** PARTIAL_75. */
    PARTIAL_75(75.0),
    /** PARTIAL_50. */
    PARTIAL_50(50.0),
    /** PARTIAL_25. */
    PARTIAL_25(25.0);

    private static final String PROPOSED = "_PROPOSED";

    private final double percent;

    CloseAction(double percent) {
        this.percent = percent;
    }

    /** How much of the position it closes, in percent. */
    public double percent() {
        return percent;
    }

    /** The close this text means; empty when it means none. Case counts. */
    public static Optional<CloseAction> parse(String action) {
        String word = action.endsWith(PROPOSED) ? action.substring(0, action.length() - PROPOSED.length()) : action;
        return Optional.ofNullable(
                switch (word) {
                    case "FULL_CLOSE" -> FULL;
                    case "PARTIAL_75" -> PARTIAL_75;
                    case "PARTIAL_50" -> PARTIAL_50;
                    case "PARTIAL_25" -> PARTIAL_25;
                    default -> null;
                });
    }
}
