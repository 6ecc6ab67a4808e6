package io.heatwire.wiring.shape;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.expression.ExpressionException;
import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.graph.SettingsWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a stage by the operator's declaration. */
final class SettingsShape {

    private final Section section;
    private final Findings findings;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private boolean isComplete = true;

    private SettingsShape(Section section) {
        this.section = section;
        this.findings = section.findings();
    }

    static SettingsWire read(Word name, Section stage, OperatorSpec spec) {
        Section section = stage.node("settings").isEmpty()
                ? Section.absent("settings of " + stage.title(), name.place(), stage.findings())
                : stage.section(
                        "settings",
                        spec.settings().stream().map(Setting::name).collect(Collectors.toUnmodifiableSet()));
        SettingsShape shape = new SettingsShape(section);
        spec.settings().forEach(shape::read);
        return new SettingsWire(Map.copyOf(shape.values), Map.copyOf(shape.places), section.place(), shape.isComplete);
    }

    private void read(Setting setting) {
        section.asks(setting.name(), ValueSchema.of(setting).described(setting.help()));
        if (setting.fallback() == null) {
            section.demands(setting.name());
        }
        Optional<Node> node = section.node(setting.name());
        if (node.isPresent()) {
            places.put(setting.name(), node.get().place());
            written(setting, node.get());
        } else if (setting.fallback() == null) {
            isComplete = false;
            findings.add(
                    ProblemCode.SETTING_MISSING,
                    section.place(),
                    "setting " + setting.name() + " has no default and is not given",
                    "add " + setting.name() + ": ... (" + setting.help() + ")");
        } else {
            put(setting, setting.fallback(), section.place(), null);
        }
    }

    private void written(Setting setting, Node node) {
        if (setting.type().isBlock()) {
            block(setting, node);
            return;
        }
        String title = "setting " + setting.name();
        Optional<String> text = setting.type() == Setting.Type.LIST && node instanceof Node.Sequence
                ? Optional.of(Texts.words(title, node, findings).stream()
                        .map(Word::text)
                        .collect(Collectors.joining(",")))
                : Texts.text(title, node, findings);
        if (text.isPresent()) {
            put(setting, text.get(), node.place(), node);
        } else {
            isComplete = false;
        }
    }

    /** Names with a value each; every value that is no such value is noted at its own place. */
    private void block(Setting setting, Node node) {
        String title = "setting " + setting.name();
        Section block = Section.open(title, node, findings);
        Map<String, Object> read = new LinkedHashMap<>();
        boolean isFine = node instanceof Node.Mapping;
        for (Node.Entry entry : block.entries()) {
            String name = entry.key().text();
            places.put(setting.name() + "." + name, entry.key().place());
            Optional<String> text = Texts.text(name + " in " + title, entry.value(), findings);
            Optional<Object> value = text.flatMap(each -> value(setting, name, each, entry.value()));
            value.ifPresent(each -> read.put(name, each));
            isFine &= value.isPresent();
        }
        values.put(setting.name(), Collections.unmodifiableMap(read));
        isComplete &= isFine;
    }

    private Optional<Object> value(Setting setting, String name, String text, Node node) {
        try {
            return Optional.of(setting.parseValue(text));
        } catch (IllegalArgumentException refused) {
            refuse(setting, setting.name() + "." + Shown.plain(name), refused, node.place(), node);
            return Optional.empty();
        }
    }

    private void put(Setting setting, String text, Place place, @Nullable Node node) {
        try {
            values.put(setting.name(), setting.parse(text));
        } catch (IllegalArgumentException refused) {
            isComplete = false;
            refuse(setting, setting.name(), refused, place, node);
        }
    }

    private void refuse(
            Setting setting, String name, IllegalArgumentException refused, Place place, @Nullable Node node) {
        findings.add(
                ProblemCode.BAD_SETTING,
                within(place, refused, node),
                "setting " + name + ": " + Texts.reason(refused) + (node == null ? "" : Texts.origin(node)),
                setting.help());
    }

    /** The place inside an expression, where the file shows its text just as it is read. */
    private static Place within(Place place, IllegalArgumentException refused, @Nullable Node node) {
        boolean isAsWritten = node instanceof Node.Scalar scalar && scalar.isPlain();
        return refused instanceof ExpressionException inside && isAsWritten
                ? new Place(place.line(), place.column() + inside.at())
                : place;
    }
}
