package io.heatwire.wiring.shape;

import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads single values. */
final class Texts {

    private Texts() {}

    /** The text of a value as it stands; empty when it has none, which is then noted. */
    static Optional<String> text(String title, Node node, Findings findings) {
        if (node instanceof Node.Scalar scalar) {
            if (!scalar.isNothing()) {
                return Optional.of(scalar.text());
            }
            boolean isWritten = !scalar.text().isEmpty();
            findings.add(
                    ProblemCode.VALUE_MISSING,
                    node.place(),
                    title + " has no value",
                    isWritten ? "leave the line out, or put the word in quotes" : "give it one, or leave the line out");
        } else if (!(node instanceof Node.Broken)) {
            findings.add(ProblemCode.WRONG_TYPE, node.place(), title + " must be a single value", "");
        }
        return Optional.empty();
    }

    /** A text for names, keys and hosts: without blanks at its ends and without control characters. */
    static Word word(String title, Node node, Findings findings) {
        String text = text(title, node, findings).orElse("");
        boolean isClean = text.equals(text.strip()) && text.chars().noneMatch(Character::isISOControl);
        if (!isClean) {
            findings.add(
                    ProblemCode.BAD_VALUE,
                    node.place(),
                    title + " has a blank at one of its ends, or a control character in it" + origin(node),
                    "remove it");
        }
        return new Word(text, node.place());
    }

    /** Words, written as a list or with commas between them. */
    static List<Word> words(String title, Node node, Findings findings) {
        List<Word> words = new ArrayList<>();
        if (node instanceof Node.Sequence sequence) {
            for (Node item : sequence.items()) {
                words.add(word(title, item, findings));
            }
        } else {
            for (String part : text(title, node, findings).orElse("").split(",", -1)) {
                words.add(new Word(part.strip(), node.place()));
            }
        }
        return words.stream().filter(word -> !word.isMissing()).toList();
    }

    /** Which environment variables a value came from, in brackets. */
    static String origin(Node node) {
        return node instanceof Node.Scalar scalar && !scalar.from().isEmpty()
                ? " (from " + scalar.from() + " in the environment)"
                : "";
    }

    /** The message of a refused value, safe to print. */
    static String reason(IllegalArgumentException refused) {
        String message = refused.getMessage();
        return message == null ? "not understood" : Shown.sentence(message);
    }
}
