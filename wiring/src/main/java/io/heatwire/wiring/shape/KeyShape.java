package io.heatwire.wiring.shape;

import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.graph.Ends;
import io.heatwire.wiring.graph.KeyWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Nearest;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the declared keys and key templates. */
final class KeyShape {

    private static final int LONGEST_KEY = 512;
    private static final Set<String> KEYS =
            Stream.concat(Stream.of("key", "type"), EndsShape.KEYS.stream()).collect(Collectors.toUnmodifiableSet());
    private static final Map<String, LookUpSpec.Type> TYPES =
            Map.of("hash", LookUpSpec.Type.HASH, "value", LookUpSpec.Type.VALUE, "marker", LookUpSpec.Type.MARKER);

    private KeyShape() {}

    static List<KeyWire> read(Section keys) {
        List<KeyWire> read = new ArrayList<>();
        for (Node.Entry entry : keys.entries()) {
            Word name = new Word(entry.key().text(), entry.key().place());
            Section key = Section.of("lookup " + name.text(), entry.value(), keys.findings(), KEYS);
            Word text = key.required("key");
            Optional<KeyTemplate> template = template(text, keys.findings());
            Optional<LookUpSpec.Type> type = type(key);
            Ends ends = EndsShape.read(key);
            if (template.isPresent() && type.isPresent()) {
                read.add(new KeyWire(name, template.get(), text.place(), type.get(), isFromEnvironment(key), ends));
            }
        }
        return List.copyOf(read);
    }

    private static boolean isFromEnvironment(Section key) {
        return key.node("key").map(node -> !Texts.origin(node).isEmpty()).orElse(false);
    }

    private static Optional<LookUpSpec.Type> type(Section key) {
        Word word = key.required("type");
        LookUpSpec.Type type = TYPES.get(word.text());
        if (type == null && !word.isMissing()) {
            key.findings()
                    .add(
                            ProblemCode.BAD_VALUE,
                            word.place(),
                            Shown.quoted(word.text()) + " is not a type of key",
                            Nearest.advice(word.text(), TYPES.keySet()));
        }
        return Optional.ofNullable(type);
    }

    private static Optional<KeyTemplate> template(Word text, Findings findings) {
        if (text.isMissing()) {
            return Optional.empty();
        }
        if (text.text().length() > LONGEST_KEY) {
            findings.add(
                    ProblemCode.BAD_TEMPLATE,
                    text.place(),
                    "the key has " + text.text().length() + " characters",
                    "keep it below " + LONGEST_KEY);
            return Optional.empty();
        }
        try {
            return Optional.of(KeyTemplate.parse(text.text()));
        } catch (IllegalArgumentException refused) {
            findings.add(
                    ProblemCode.BAD_TEMPLATE,
                    text.place(),
                    Texts.reason(refused),
                    "write variables as {symbol} or {plan_id}");
            return Optional.empty();
        }
    }
}
