package io.heatwire.wiring.shape;

import io.heatwire.contract.declare.Setting;
import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.graph.Binding;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Nearest;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A block of the file whose keys are known beforehand. Every reading method notes what is wrong and then gives something
 * harmless, so that one load finds all problems.
 */
final class Section {

    /** The title of the outermost block. */
    static final String FILE = "the file";

    private static final int MOST_ENTRIES = 500;

    private final String title;
    private final Place place;
    private final List<Node.Entry> entries;
    private final boolean isBroken;
    private final Findings findings;

    private Section(String title, Place place, List<Node.Entry> entries, boolean isBroken, Findings findings) {
        this.title = title;
        this.place = place;
        this.entries = entries;
        this.isBroken = isBroken;
        this.findings = findings;
    }

    /** A block with names of the file's own choice, such as the stages. */
    static Section open(String title, Node node, Findings findings) {
        if (node instanceof Node.Mapping mapping) {
            return new Section(title, mapping.place(), fewEnough(title, mapping, findings), false, findings);
        }
        if (!(node instanceof Node.Broken)) {
            boolean isNothing = node instanceof Node.Scalar scalar && scalar.isNothing();
            findings.add(
                    isNothing ? ProblemCode.VALUE_MISSING : ProblemCode.WRONG_TYPE,
                    node.place(),
                    isNothing ? title + " is empty" : title + " must be a block of keys with values",
                    isNothing ? "fill it, or leave the line out" : "");
        }
        return new Section(title, node.place(), List.of(), true, findings);
    }

    /** Rules compare names with each other: a hostile file must not make that last. */
    private static List<Node.Entry> fewEnough(String title, Node.Mapping mapping, Findings findings) {
        List<Node.Entry> entries = mapping.entries();
        if (entries.size() <= MOST_ENTRIES) {
            return entries;
        }
        findings.add(
                ProblemCode.TOO_MANY,
                entries.get(MOST_ENTRIES).key().place(),
                title + " has " + entries.size() + " entries, and more than " + MOST_ENTRIES + " are not read",
                "split the wiring into several files, one engine for each");
        return entries.subList(0, MOST_ENTRIES);
    }

    /** A block that may have these keys only. */
    static Section of(String title, Node node, Findings findings, Set<String> known) {
        Section section = open(title, node, findings);
        section.known(known);
        for (Node.Entry entry : section.entries) {
            String key = entry.key().text();
            if (!known.contains(key)) {
                findings.add(
                        ProblemCode.UNKNOWN_KEY,
                        entry.key().place(),
                        Shown.quoted(key) + " is not known in " + title,
                        Nearest.advice(key, known));
            }
        }
        return section;
    }

    /** A block that is not there: everything has its default. */
    static Section absent(String title, Place place, Findings findings) {
        return new Section(title, place, List.of(), false, findings);
    }

    private void known(Set<String> keys) {
        if (findings instanceof AskedKeys schema) {
            schema.block(title, keys);
        }
    }

    /** Says for the schema of the file what must be true of a key's value. */
    void asks(String key, ValueSchema value) {
        if (findings instanceof AskedKeys schema) {
            schema.asked(title, key, value);
        }
    }

    /** Says for the schema of the file that a key's value may also be this word. */
    private void asksOr(String key, String word) {
        if (findings instanceof AskedKeys schema) {
            schema.orWord(title, key, word);
        }
    }

    /** Says for the schema of the file that a key must be there. */
    void demands(String key) {
        if (findings instanceof AskedKeys schema) {
            schema.required(title, key);
        }
    }

    String title() {
        return title;
    }

    Findings findings() {
        return findings;
    }

    Place place() {
        return place;
    }

    List<Node.Entry> entries() {
        return entries;
    }

    Optional<Node> node(String key) {
        return entries.stream()
                .filter(entry -> entry.key().text().equals(key))
                .map(Node.Entry::value)
                .findFirst();
    }

    boolean has(String key) {
        return node(key).isPresent();
    }

    Place placeOf(String key) {
        return node(key).map(Node::place).orElse(place);
    }

    /** A block below this one; one with defaults only when it is not there. */
    Section section(String key, Set<String> known) {
        String name = name(key);
        asks(key, ValueSchema.block(name));
        return node(key).map(node -> of(name, node, findings, known)).orElseGet(() -> absent(name, place, findings));
    }

    /** A text that must be there and not be empty. */
    Word required(String key) {
        demands(key);
        return filled(key);
    }

    private Word filled(String key) {
        asks(key, ValueSchema.TEXT);
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            if (!isBroken) {
                findings.add(ProblemCode.VALUE_MISSING, place, title + " has no " + key, "add " + key + ": ...");
            }
            return new Word("", place);
        }
        Word word = Texts.word(name(key), node.get(), findings);
        if (word.isMissing() && node.get() instanceof Node.Scalar scalar && !scalar.isNothing()) {
            findings.add(ProblemCode.VALUE_MISSING, scalar.place(), name(key) + " is empty", "");
        }
        return word;
    }

    /** A text that may be left out; when it is there it must not be empty. */
    Word text(String key, String otherwise) {
        asks(key, ValueSchema.TEXT);
        return has(key) ? filled(key) : new Word(otherwise, place);
    }

    /** A text that may be left out or be empty. */
    String optional(String key) {
        asks(key, ValueSchema.TEXT);
        return node(key)
                .map(node -> Texts.word(name(key), node, findings).text())
                .orElse("");
    }

    /** A text that is taken exactly as it stands and never shown; it must come from the environment. */
    String secret(String key) {
        asks(key, ValueSchema.TEXT);
        Optional<Node> node = node(key);
        String secret = node.flatMap(written -> Texts.text(name(key), written, findings))
                .orElse("");
        if (!secret.isEmpty() && node.map(Texts::origin).orElse("").isEmpty()) {
            findings.add(
                    ProblemCode.SECRET_IN_CLEAR,
                    placeOf(key),
                    name(key) + " stands in the file in clear",
                    "take it from the environment, " + key + ": ${NAME:-}, or name a file that holds it, " + key
                            + "_file: PATH; and change the secret: it was readable");
        }
        return secret;
    }

    /** Whether the key has this word for a value, in any case. */
    boolean says(String key, String word) {
        asksOr(key, word);
        return node(key)
                .filter(node -> node instanceof Node.Scalar scalar
                        && scalar.text().strip().equalsIgnoreCase(word))
                .isPresent();
    }

    long integer(String key, long min, long max, long otherwise) {
        return number(key, Setting.integer(key, otherwise, "", min, max, ""), otherwise, Long.class);
    }

    double decimal(String key, double min, double max, double otherwise) {
        return number(key, Setting.decimal(key, otherwise, "", min, max, ""), otherwise, Double.class);
    }

    boolean flag(String key, boolean otherwise) {
        return number(key, Setting.flag(key, otherwise, "", ""), otherwise, Boolean.class);
    }

    /** One word of an enumeration, in any case. */
    <E extends Enum<E>> E choice(String key, E otherwise) {
        List<E> known = List.of(otherwise.getDeclaringClass().getEnumConstants());
        Word chosen = text(key, otherwise.name());
        asks(
                key,
                ValueSchema.oneOf(known.stream()
                        .map(each -> each.name().toLowerCase(Locale.ROOT))
                        .toList()));
        Optional<E> found = known.stream()
                .filter(each -> each.name().equalsIgnoreCase(chosen.text()))
                .findFirst();
        if (found.isEmpty() && !chosen.isMissing()) {
            findings.add(
                    ProblemCode.BAD_VALUE,
                    chosen.place(),
                    name(key) + " cannot be " + Shown.quoted(chosen.text()),
                    Nearest.advice(
                            chosen.text(),
                            known.stream()
                                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                                    .toList()));
        }
        return found.orElse(otherwise);
    }

    /** What people call a key of this block. */
    String name(String key) {
        return title.equals(FILE) ? key : key + " of " + title;
    }

    private <T> T number(String key, Setting setting, T otherwise, Class<T> type) {
        asks(key, ValueSchema.of(setting));
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return otherwise;
        }
        Optional<String> text = Texts.text(name(key), node.get(), findings);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return type.cast(setting.parse(text.get()));
        } catch (IllegalArgumentException refused) {
            findings.add(
                    ProblemCode.BAD_VALUE,
                    node.get().place(),
                    name(key) + ": " + Texts.reason(refused) + Texts.origin(node.get()),
                    "");
            return otherwise;
        }
    }

    /** A list of words, written as a list or with commas; empty when it is not there. */
    List<Word> words(String key) {
        asks(key, ValueSchema.WORDS);
        return node(key).map(node -> Texts.words(name(key), node, findings)).orElse(List.of());
    }

    /** Names with a text each. */
    List<Binding> bindings(String key) {
        asks(key, ValueSchema.BINDINGS);
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return List.of();
        }
        List<Binding> bindings = new ArrayList<>();
        for (Node.Entry entry : open(name(key), node.get(), findings).entries()) {
            Word name = new Word(entry.key().text(), entry.key().place());
            bindings.add(new Binding(name, Texts.word(name.text() + " in " + name(key), entry.value(), findings)));
        }
        return List.copyOf(bindings);
    }
}
