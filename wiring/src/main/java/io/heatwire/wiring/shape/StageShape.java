package io.heatwire.wiring.shape;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.Footprint;
import io.heatwire.engine.plan.OnPoison;
import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.graph.Binding;
import io.heatwire.wiring.graph.SettingsWire;
import io.heatwire.wiring.graph.SourceWire;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Nearest;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the stages. */
final class StageShape {

    private static final Set<String> EVERY_KIND =
            Set.of("operator", "enabled", "out", "keys", "early", "dead", "on_poison", "settings");

    private final List<OperatorSpec> catalog;
    private final Findings findings;

    StageShape(List<OperatorSpec> catalog, Findings findings) {
        this.catalog = catalog;
        this.findings = findings;
    }

    List<StageWire> read(Section stages) {
        List<StageWire> read = new ArrayList<>();
        for (Node.Entry entry : stages.entries()) {
            Word name = new Word(entry.key().text(), entry.key().place());
            Section stage = Section.of("stage " + Shown.plain(name.text()), entry.value(), findings, knownKeys());
            stage(name, stage).ifPresent(read::add);
        }
        return List.copyOf(read);
    }

    private Optional<StageWire> stage(Word name, Section stage) {
        Optional<OperatorSpec> spec = operator(stage);
        boolean isOn = stage.flag("enabled", true);
        List<Binding> out = stage.bindings("out");
        List<Binding> keys = stage.bindings("keys");
        List<Word> early = stage.words("early");
        long deadKeep = stage.section("dead", Set.of("keep")).integer("keep", 1, 1_000_000_000, 10_000);
        OnPoison onPoison = stage.choice("on_poison", OnPoison.DEAD);
        if (spec.isEmpty()) {
            return Optional.empty();
        }
        SourceWire source = SourceShape.read(name, stage, spec.get());
        SettingsWire settings = SettingsShape.read(name, stage, spec.get());
        return Optional.of(new StageWire(
                name,
                configured(name, spec.get(), settings),
                isOn,
                source,
                out,
                keys,
                early,
                settings,
                deadKeep,
                onPoison,
                stage.placeOf("on_poison")));
    }

    /** What the operator reads and writes under these settings; as declared while they are not all fine. */
    private OperatorSpec configured(Word name, OperatorSpec spec, SettingsWire settings) {
        if (!settings.isComplete()) {
            return spec;
        }
        try {
            return spec.configured(new OperatorConfig(settings.values(), Map.of(), name.text()));
        } catch (RuntimeException | LinkageError thrown) {
            // An operator of somebody else: what it throws is a fault in it, and people must learn where it was met.
            findings.add(
                    ProblemCode.SETTINGS_CLASH,
                    settings.place(),
                    "operator " + spec.name() + " fails on these settings: " + Shown.sentence(thrown.toString()),
                    "tell whoever wrote it");
            return asDeclared(spec);
        }
    }

    /** Nobody asks again what has failed. */
    private static OperatorSpec asDeclared(OperatorSpec spec) {
        Footprint declared = Footprint.declared(spec.input(), spec.outputs(), spec.lookUps());
        return new OperatorSpec(
                spec.name(),
                spec.summary(),
                spec.kind(),
                spec.input(),
                spec.settings(),
                spec.outputs(),
                spec.lookUps(),
                spec.meters(),
                spec.duties(),
                same -> declared,
                spec.check(),
                spec.factory());
    }

    private Optional<OperatorSpec> operator(Section stage) {
        Word wanted = stage.required("operator");
        Optional<OperatorSpec> spec = catalog.stream()
                .filter(candidate -> candidate.name().equals(wanted.text()))
                .findFirst();
        if (spec.isEmpty() && !wanted.isMissing()) {
            List<String> names = catalog.stream().map(OperatorSpec::name).toList();
            findings.add(
                    ProblemCode.UNKNOWN_OPERATOR,
                    wanted.place(),
                    "there is no operator " + Shown.quoted(wanted.text()),
                    Nearest.advice(wanted.text(), names));
        }
        return spec;
    }

    private static Set<String> knownKeys() {
        Set<String> known = new HashSet<>(EVERY_KIND);
        known.addAll(SourceShape.STREAM_KEYS);
        known.addAll(SourceShape.POLLED_KEYS);
        return known;
    }
}
