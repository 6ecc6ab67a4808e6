package io.heatwire.ops.trace;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as people write it. */
public final class Span {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    private Span() {}

    /** Reads 90s, 30m, 24h or 7d into ms; empty for anything else. */
    public static Optional<Long> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() ? Optional.of(Long.parseLong(form.group(1)) * unitMs(form.group(2))) : Optional.empty();
    }

    private static long unitMs(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }
}
