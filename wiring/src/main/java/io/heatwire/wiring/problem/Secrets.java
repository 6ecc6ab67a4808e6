package io.heatwire.wiring.problem;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides the values of keys that sound like a password. Works on the text alone, because an excerpt is shown for files too that
 * are no YAML; where it is in doubt it hides more rather than less.
 */
final class Secrets {

    private static final String MASK = "***";
    /** Bounded repetitions only: a line may be a megabyte long. */
    private static final Pattern KEY = Pattern.compile(
            "(pass|pwd|word|wrod|secret|token|credential|tls_key)[\\w.-]{0,40}[\"']?\\s{0,9}:",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern IN_ADDRESS = Pattern.compile("(?<=://)[^@\\s]{0,200}(?=@)");

    private Secrets() {}

    /**
     * A line with its secret replaced.
     *
     * @param from where the secret began, from 0; the length of the line when there is none
     * @param to just behind the secret
     */
    record Hidden(String line, int from, int to) {

        /** Where a column of the line as written is in the line as shown, from 0. */
        int column(int written) {
            if (written <= from) {
                return written;
            }
            return written < to ? from : written - (to - from) + MASK.length();
        }
    }

    static Hidden hide(List<String> lines, int index) {
        String line = lines.get(index);
        if (continuesSecret(lines, index)) {
            return masked(line, skipBlanks(line, 0), line.length());
        }
        int from = line.length();
        int to = 0;
        for (Matcher key = KEY.matcher(line); key.find(); ) {
            int value = skipBlanks(line, key.end());
            from = Math.min(from, value);
            to = Math.max(to, endOfValue(line, value));
        }
        for (Matcher address = IN_ADDRESS.matcher(line); address.find(); ) {
            from = Math.min(from, address.start());
            to = Math.max(to, address.end());
        }
        return masked(line, from, to);
    }

    /** A value may go on below its key: in deeper lines, or up to the quote that ends it. */
    private static boolean continuesSecret(List<String> lines, int index) {
        for (int above = index - 1; above >= 0; above--) {
            String line = lines.get(above);
            Matcher key = KEY.matcher(line);
            if (key.find()) {
                return isDeeper(lines, above, index) || isOpenQuote(line, skipBlanks(line, key.end()));
            }
            if (!line.isBlank() && skipBlanks(line, 0) == 0) {
                return false;
            }
        }
        return false;
    }

    private static boolean isDeeper(List<String> lines, int above, int index) {
        int indent = skipBlanks(lines.get(above), 0);
        return lines.subList(above + 1, index + 1).stream()
                .allMatch(line -> line.isBlank() || skipBlanks(line, 0) > indent);
    }

    private static boolean isOpenQuote(String line, int value) {
        return isQuote(line, value) && closingQuote(line, value) < 0;
    }

    private static int endOfValue(String line, int value) {
        if (isQuote(line, value)) {
            int close = closingQuote(line, value);
            return close < 0 ? line.length() : close + 1;
        }
        boolean isFlow = line.lastIndexOf('{', value) >= 0;
        int comma = line.indexOf(',', value);
        return isFlow && comma >= 0 ? comma : line.length();
    }

    private static boolean isQuote(String line, int at) {
        return at < line.length() && (line.charAt(at) == '"' || line.charAt(at) == '\'');
    }

    private static int closingQuote(String line, int open) {
        char quote = line.charAt(open);
        for (int at = open + 1; at < line.length(); at++) {
            boolean isEscaped = quote == '"'
                    ? line.charAt(at) == '\\'
                    : line.charAt(at) == quote && at + 1 < line.length() && line.charAt(at + 1) == quote;
            if (isEscaped) {
                at++;
            } else if (line.charAt(at) == quote) {
                return at;
            }
        }
        return -1;
    }

    private static Hidden masked(String line, int from, int to) {
        if (from >= to) {
            return new Hidden(line, line.length(), line.length());
        }
        return new Hidden(line.substring(0, from) + MASK + line.substring(to), from, to);
    }

    private static int skipBlanks(String line, int from) {
        int at = from;
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at;
    }
}
