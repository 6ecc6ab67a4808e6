package io.heatwire.engine.stage;

/** Text from events made safe for a log: one line stays one line, whatever a producer put into a field. */
public final class Printable {

    private static final int LIMIT = 2000;

    private Printable() {}

    /** The text with everything escaped that could break a line, cut when it is very long. */
    public static String of(String text) {
        String shown = text.length() > LIMIT ? text.substring(0, LIMIT) + "..." : text;
        StringBuilder safe = new StringBuilder(shown.length());
        shown.codePoints().forEach(c -> append(safe, c));
        return safe.toString();
    }

    private static void append(StringBuilder safe, int c) {
        int type = Character.getType(c);
        boolean unsafe = type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
        if (unsafe) {
            safe.append(String.format("\\u%04x", c));
        } else {
            safe.appendCodePoint(c);
        }
    }
}
