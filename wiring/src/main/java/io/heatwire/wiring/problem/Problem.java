package io.heatwire.wiring.problem;

import java.util.List;

/**
 * One thing that is wrong.
 *
 * @param line from 1; 0 when it belongs to no line
 * @param column from 1; 0 when it belongs to no column
 * @param what what is wrong, without a full stop
 * @param instead what to write instead; empty when the first half says it all
 * @param related the other ends of a broken wire, nearest first
 */
public record Problem(ProblemCode code, int line, int column, String what, String instead, List<Related> related) {

    /** Names and keys of a file can be part of these texts, also such as were refused: no terminal may obey them. */
    public Problem {
        what = Shown.safe(what);
        instead = Shown.safe(instead);
    }

    /** A problem with one end only. */
    public Problem(ProblemCode code, int line, int column, String what, String instead) {
        this(code, line, column, what, instead, List.of());
    }

    /** Where it is. */
    public Place place() {
        return new Place(line, column);
    }

    /** The problem as text: file, line and column, the line itself with a caret, the other ends likewise, and the advice. */
    public String render(SourceText source) {
        StringBuilder text = new StringBuilder(at(source, place()));
        text.append(": ")
                .append(code.isWarning() ? "warning " : "")
                .append(code.id())
                .append(' ')
                .append(what)
                .append('\n');
        text.append(Excerpt.of(source, place()));
        for (Related end : related) {
            text.append("  ").append(at(source, end.place())).append(": ");
            text.append(end.what()).append('\n').append(Excerpt.of(source, end.place()));
        }
        if (!instead.isEmpty()) {
            text.append("  -> ").append(instead).append('\n');
        }
        return text.toString();
    }

    private static String at(SourceText source, Place place) {
        return place.line() > 0 ? source.name() + ":" + place.line() + ":" + place.column() : source.name();
    }
}
