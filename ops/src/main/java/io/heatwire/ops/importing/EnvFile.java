package io.heatwire.ops.importing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An environment file, read as systemd reads an EnvironmentFile: comments with # and ;, quotes, a backslash at the end of a line.
 *
 * @param assignments in the order of the file
 * @param notes lines that are none, and quotes that nobody closes
 */
public record EnvFile(List<Assignment> assignments, List<Note> notes) {

    /** A variable and where it begins, from line 1. */
    public record Assignment(String file, int line, String name, String value) {}

    /**
     * Something about a line that a person should know; never with a value in it.
     *
     * @param line from 1
     */
    public record Note(String file, int line, String what) {

        @Override
        public String toString() {
            return file + ":" + line + ": " + what;
        }
    }

    /** Reads the text of a file of this name. */
    public static EnvFile parse(String name, String text) {
        Parser parser = new Parser(name);
        // A file that does not end with a line end ends its last line all the same.
        (text.replace("\r\n", "\n") + "\n").codePoints().forEach(parser::take);
        return parser.end();
    }

    /** The variables it gives; of one that it gives more than once the last counts. */
    public Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        assignments.forEach(each -> variables.put(each.name(), each.value()));
        return variables;
    }

    /** One character after the other; the states are those of systemd's own parser. */
    private static final class Parser {

        private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
        private static final String ESCAPED_IN_QUOTES = "\"\\`$";

        private enum State {
            BEFORE_NAME,
            NAME,
            BEFORE_VALUE,
            VALUE,
            VALUE_ESCAPE,
            SINGLE_QUOTES,
            DOUBLE_QUOTES,
            DOUBLE_QUOTES_ESCAPE,
            COMMENT
        }

        private final String file;
        private final List<Assignment> assignments = new ArrayList<>();
        private final List<Note> notes = new ArrayList<>();
        private final StringBuilder name = new StringBuilder();
        private final StringBuilder value = new StringBuilder();
        private State state = State.BEFORE_NAME;
        private int line = 1;
        private int beganAt = 1;
        private int solid;

        Parser(String file) {
            this.file = file;
        }

        void take(int c) {
            switch (state) {
                case BEFORE_NAME -> beforeName(c);
                case NAME -> name(c);
                case BEFORE_VALUE -> beforeValue(c);
                case VALUE -> value(c);
                case VALUE_ESCAPE -> {
                    if (c != '\n') {
                        append(c);
                    }
                    state = State.VALUE;
                }
                case SINGLE_QUOTES -> quoted(c, '\'');
                case DOUBLE_QUOTES -> {
                    if (c == '\\') {
                        state = State.DOUBLE_QUOTES_ESCAPE;
                    } else {
                        quoted(c, '"');
                    }
                }
                case DOUBLE_QUOTES_ESCAPE -> escapedInQuotes(c);
                case COMMENT -> {
                    if (c == '\n') {
                        state = State.BEFORE_NAME;
                    }
                }
            }
            if (c == '\n') {
                line++;
            }
        }

        private void beforeName(int c) {
            if (c == '#' || c == ';') {
                state = State.COMMENT;
            } else if (!Character.isWhitespace(c)) {
                name.setLength(0);
                value.setLength(0);
                solid = 0;
                beganAt = line;
                state = State.NAME;
                name(c);
            }
        }

        private void name(int c) {
            if (c == '=') {
                state = State.BEFORE_VALUE;
            } else if (c == '\n') {
                note("no NAME=value");
                state = State.BEFORE_NAME;
            } else {
                name.appendCodePoint(c);
            }
        }

        private void beforeValue(int c) {
            if (c == '\n') {
                assign();
            } else if (c == '\'') {
                state = State.SINGLE_QUOTES;
            } else if (c == '"') {
                state = State.DOUBLE_QUOTES;
            } else if (c == '\\') {
                state = State.VALUE_ESCAPE;
            } else if (!Character.isWhitespace(c)) {
                append(c);
                state = State.VALUE;
            }
        }

        private void value(int c) {
            if (c == '\n') {
                // Blanks behind a value do not belong to it, unless they are quoted or escaped.
                value.setLength(solid);
                assign();
            } else if (c == '\\') {
                state = State.VALUE_ESCAPE;
            } else if (Character.isWhitespace(c)) {
                value.appendCodePoint(c);
            } else {
                append(c);
            }
        }

        private void quoted(int c, int quote) {
            if (c == quote) {
                state = State.BEFORE_VALUE;
            } else {
                append(c);
            }
        }

        private void escapedInQuotes(int c) {
            if (ESCAPED_IN_QUOTES.indexOf(c) >= 0) {
                append(c);
            } else if (c != '\n') {
                append('\\');
                append(c);
            }
            state = State.DOUBLE_QUOTES;
        }

        private void append(int c) {
            value.appendCodePoint(c);
            solid = value.length();
        }

        private void assign() {
            state = State.BEFORE_NAME;
            String text = name.toString().strip();
            if (NAME.matcher(text).matches()) {
                assignments.add(new Assignment(file, beganAt, text, value.toString()));
            } else {
                note(text.startsWith("export ") ? "begins with export, which systemd does not know" : "not a name");
            }
        }

        private void note(String what) {
            notes.add(new Note(file, beganAt, what));
        }

        EnvFile end() {
            switch (state) {
                case SINGLE_QUOTES, DOUBLE_QUOTES, DOUBLE_QUOTES_ESCAPE -> note("the quote is not closed");
                case VALUE_ESCAPE, VALUE -> assign();
                default -> {}
            }
            return new EnvFile(List.copyOf(assignments), List.copyOf(notes));
        }
    }
}
