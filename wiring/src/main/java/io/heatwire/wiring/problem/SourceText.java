package io.heatwire.wiring.problem;

import java.util.List;

/**
 * The text of a file, for excerpts.
 *
 * @param name the file as people wrote it
 * @param lines without their ends
 */
public record SourceText(String name, List<String> lines) {

    /** The lines of a text. */
    public static SourceText of(String name, String text) {
        return new SourceText(name, List.of(text.split("\r\n|\n|\r", -1)));
    }

    /** A file of which nothing could be read. */
    public static SourceText unread(String name) {
        return new SourceText(name, List.of());
    }

    /** Hides the text: it may hold secrets. */
    @Override
    public String toString() {
        return name;
    }
}
