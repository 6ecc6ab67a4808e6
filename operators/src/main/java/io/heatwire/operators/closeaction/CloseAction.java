package io.heatwire.operators.closeaction;

import java.util.Optional;

/**
 * A proposed close. Producers write each with or without {@code _PROPOSED}; both mean the same, and published text stays as it
 * came.
 */
public enum CloseAction {
    /** Closes the whole position; written FULL_CLOSE. */
    FULL(100.0),
    /** Closes three quarters. */
    PARTIAL_75(75.0),
    /** Closes half. */
    PARTIAL_50(50.0),
    /** Closes a quarter. */
    PARTIAL_25(25.0);

    private static final String PROPOSED = "_PROPOSED";

    private final double percent;

    CloseAction(double percent) {
        this.percent = percent;
    }

    /** How much of the position is closed, in percent. */
    public double percent() {
        return percent;
    }

    /** The close that this text means; empty for everything else. Case and blanks count: other services compare them too. */
    public static Optional<CloseAction> parse(String text) {
        String bare = text.endsWith(PROPOSED) ? text.substring(0, text.length() - PROPOSED.length()) : text;
        return Optional.ofNullable(
                switch (bare) {
                    case "FULL_CLOSE" -> FULL;
                    case "PARTIAL_75" -> PARTIAL_75;
                    case "PARTIAL_50" -> PARTIAL_50;
                    case "PARTIAL_25" -> PARTIAL_25;
                    default -> null;
                });
    }
}
