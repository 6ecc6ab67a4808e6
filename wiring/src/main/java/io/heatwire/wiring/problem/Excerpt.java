package io.heatwire.wiring.problem;

/** A line of the file with a caret under the place; values of secret keys are hidden. */
final class Excerpt {

    private static final int WIDTH = 100;

    /** Nobody wrote a longer line by hand, and looking for secrets in it takes its time. */
    private static final int LONGEST_LINE = 20_000;

    private Excerpt() {}

    static String of(SourceText source, Place place) {
        int index = place.line() - 1;
        if (index < 0
                || index >= source.lines().size()
                || source.lines().get(index).length() > LONGEST_LINE) {
            return "";
        }
        Secrets.Hidden hidden = Secrets.hide(source.lines(), index);
        String line = printable(hidden.line());
        int caret = Math.min(hidden.column(place.column() - 1), line.codePointCount(0, line.length()));
        return framed(place.line(), line, caret);
    }

    /** A long line is shown from shortly before the caret, so that the terminal never wraps between the two lines. */
    private static String framed(int number, String line, int caret) {
        int length = line.codePointCount(0, line.length());
        int from = caret > WIDTH - 10 ? caret - WIDTH / 2 : 0;
        int to = Math.min(length, from + WIDTH);
        String shown = line.substring(line.offsetByCodePoints(0, from), line.offsetByCodePoints(0, to));
        String margin = " ".repeat(Integer.toString(number).length());
        String before = from > 0 ? "..." : "";
        return "  " + number + " | " + before + shown + (to < length ? "..." : "") + "\n" + "  " + margin + " | "
                + " ".repeat(before.length() + caret - from) + "^\n";
    }

    private static String printable(String line) {
        StringBuilder printable = new StringBuilder(line.length());
        line.codePoints().forEach(c -> printable.appendCodePoint(c == '\t' ? ' ' : Shown.isSafe(c) ? c : '?'));
        return printable.toString();
    }
}
