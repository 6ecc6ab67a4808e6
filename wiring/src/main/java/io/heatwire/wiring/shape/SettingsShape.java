package io.heatwire.wiring.shape;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.Setting;
import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.graph.SettingsWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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
            put(setting, setting.fallback(), section.place(), "");
        }
    }

    private void written(Setting setting, Node node) {
        String title = "setting " + setting.name();
        Optional<String> text = setting.type() == Setting.Type.LIST && node instanceof Node.Sequence
                ? Optional.of(Texts.words(title, node, findings).stream()
                        .map(Word::text)
                        .collect(Collectors.joining(",")))
                : Texts.text(title, node, findings);
        if (text.isPresent()) {
            put(setting, text.get(), node.place(), Texts.origin(node));
        } else {
            isComplete = false;
        }
    }

    private void put(Setting setting, String text, Place place, String origin) {
        try {
            values.put(setting.name(), setting.parse(text));
        } catch (IllegalArgumentException refused) {
            isComplete = false;
            findings.add(
                    ProblemCode.BAD_SETTING,
                    place,
                    "setting " + setting.name() + ": " + Texts.reason(refused) + origin,
                    setting.help());
        }
    }
}
