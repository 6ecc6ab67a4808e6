package io.heatwire.wiring.problem;

/** Text from the file or the environment, made safe and short for a terminal. */
public final class Shown {

    private static final int LONGEST = 60;
    private static final int LONGEST_SENTENCE = 300;

    private Shown() {}

    /** The text in quotes, control characters escaped, long texts cut. */
    public static String quoted(String text) {
        return "'" + plain(text) + "'";
    }

    /** The text without quotes, control characters escaped, long texts cut. */
    public static String plain(String text) {
        return cut(text, LONGEST);
    }

    /** A whole sentence that quotes such text. */
    public static String sentence(String text) {
        return cut(text, LONGEST_SENTENCE);
    }

    /** The whole text, control characters escaped. A second time changes nothing. */
    static String safe(String text) {
        return cut(text, Integer.MAX_VALUE);
    }

    private static String cut(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(longest).forEach(c -> {
            if (isSafe(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append(String.format("\\u%04x", c));
            }
        });
        return text.codePointCount(0, text.length()) > longest ? shown + "..." : shown.toString();
    }

    /** Whether a terminal shows the character as itself: no control, and nothing that changes the direction of writing. */
    static boolean isSafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
