package io.heatwire.ops.metrics;

/**
 * Writes whole sample values as whole numbers. The library writes 3.0 and 1.2E7; people compare counters in the shell, where
 * {@code [ 3.0 -gt 0 ]} is an error. Scrapers read both.
 */
final class WholeNumbers {

    private static final double EXACT_BELOW = 1e15;

    private WholeNumbers() {}

    static String plain(String exposition) {
        StringBuilder plain = new StringBuilder(exposition.length());
        for (int from = 0; from < exposition.length(); ) {
            int end = exposition.indexOf('\n', from);
            int to = end < 0 ? exposition.length() : end;
            append(plain, exposition, from, to);
            if (end >= 0) {
                plain.append('\n');
            }
            from = to + 1;
        }
        return plain.toString();
    }

    /** A sample is a name, labels in braces that may hold blanks, a blank and the value; nothing follows the value here. */
    private static void append(StringBuilder plain, String exposition, int from, int to) {
        int blank = exposition.lastIndexOf(' ', to - 1);
        if (exposition.startsWith("#", from) || blank < from) {
            plain.append(exposition, from, to);
            return;
        }
        String value = exposition.substring(blank + 1, to);
        plain.append(exposition, from, blank + 1).append(plainValue(value));
    }

    private static String plainValue(String value) {
        try {
            double number = Double.parseDouble(value);
            return number == Math.rint(number) && Math.abs(number) < EXACT_BELOW ? Long.toString((long) number) : value;
        } catch (NumberFormatException notANumber) {
            return value;
        }
    }
}
