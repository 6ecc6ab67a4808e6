package io.heatwire.wiring.problem;

/**
 * One thing that is wrong.
 *
 * @param line from 1; 0 when it belongs to no line
 * @param column from 1; 0 when it belongs to no column
 * @param what what is wrong, without a full stop
 * @param instead what to write instead; empty when the first half says it all
 */
public record Problem(ProblemCode code, int line, int column, String what, String instead) {

    /** Where it is. */
    public Place place() {
        return new Place(line, column);
    }

    /** The problem as text: file, line and column, the line itself with a caret, and the advice. */
    public String render(SourceText source) {
        StringBuilder text = new StringBuilder(source.name());
        if (line > 0) {
            text.append(':').append(line).append(':').append(column);
        }
        text.append(": ")
                .append(code.isWarning() ? "warning " : "")
                .append(code.id())
                .append(' ')
                .append(what)
                .append('\n');
        text.append(Excerpt.of(source, place()));
        if (!instead.isEmpty()) {
            text.append("  -> ").append(instead).append('\n');
        }
        return text.toString();
    }
}
