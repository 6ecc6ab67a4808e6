package io.heatwire.wiring.problem;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a code means, for somebody who has just met it. The texts lie beside the codes as resources, one for each.
 *
 * @param title a few words
 * @param meaning what is wrong, in full
 * @param wrong an example
 * @param right the same as it should be
 * @param why what comes of it
 */
public record Explanation(ProblemCode code, String title, String meaning, String wrong, String right, String why) {

    private static final List<String> CHAPTERS = List.of("Wrong", "Right", "Why");

    /** The explanation of a code. */
    public static Explanation of(ProblemCode code) {
        String[] parts = read(code).split("(?m)^#+ ", -1);
        // Before the first heading there is nothing; then the title with the meaning, and the three chapters.
        List<String> chapters = Arrays.stream(parts).skip(2).toList();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < CHAPTERS.size(); i++) {
            String chapter = i < chapters.size() ? chapters.get(i) : "";
            if (!chapter.startsWith(CHAPTERS.get(i) + "\n")) {
                throw new IllegalStateException(code.id() + ".md has no chapter " + CHAPTERS.get(i));
            }
            texts.add(withoutEmptyEnds(chapter.substring(CHAPTERS.get(i).length())));
        }
        int end = parts[1].indexOf('\n');
        return new Explanation(
                code,
                parts[1].substring(0, end),
                withoutEmptyEnds(parts[1].substring(end)),
                texts.get(0).stripIndent(),
                texts.get(1).stripIndent(),
                texts.get(2));
    }

    /** All of it as text for a terminal. */
    public String render() {
        return code.id() + " " + title + (code.isWarning() ? " (a warning)" : "") + "\n\n" + meaning + "\n\nWrong:\n\n"
                + wrong.indent(4) + "\nRight:\n\n" + right.indent(4) + "\nWhy:\n\n" + why + "\n";
    }

    private static String withoutEmptyEnds(String text) {
        return text.replaceAll("\\A\\n+", "").stripTrailing();
    }

    private static String read(ProblemCode code) {
        try (InputStream in = Explanation.class.getResourceAsStream("rules/" + code.id() + ".md")) {
            if (in == null) {
                throw new IllegalStateException(code.id() + " is not explained: rules/" + code.id() + ".md is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
