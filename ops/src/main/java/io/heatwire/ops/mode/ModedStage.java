package io.heatwire.ops.mode;

import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.Setting;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.ask.EngineListeners;
import io.heatwire.ops.state.RunState;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.graph.Binding;
import io.heatwire.wiring.graph.StageWire;
import java.util.List;
import java.util.Optional;

/**
 * A stage that has a mode.
 *
 * @param wire as the file has it
 * @param plan as the engine runs it
 * @param setting the declaration of its mode
 */
record ModedStage(WiringResult.Ready ready, StageWire wire, StagePlan plan, Setting setting) {

    static final String SETTING = "mode";
    static final String ENFORCE = "enforce";
    private static final String PORTFOLIO_HEAT_GATE = "portfolio_heat_gate";

    /** The stage with this name, when it is switched on and has a mode. */
    static Optional<ModedStage> of(WiringResult.Ready ready, String name) {
        Optional<StageWire> wire = ready.graph().stage(name);
        Optional<StagePlan> plan = ready.plan().engine().stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst();
        Optional<Setting> setting = wire.flatMap(stage -> stage.spec().settings().stream()
                .filter(each -> each.name().equals(SETTING))
                .filter(each -> each.type() == Setting.Type.CHOICE || each.type() == Setting.Type.TEXT)
                .findFirst());
        return wire.isPresent() && plan.isPresent() && setting.isPresent()
                ? Optional.of(new ModedStage(ready, wire.get(), plan.get(), setting.get()))
                : Optional.empty();
    }

    /** The names of the stages that have a mode. */
    static List<String> names(WiringResult.Ready ready) {
        return ready.plan().engine().stages().stream()
                .map(StagePlan::name)
                .filter(name -> of(ready, name).isPresent())
                .toList();
    }

    /** The listeners of the wiring, in whatever process each stage runs. */
    EngineListeners listeners() {
        return new EngineListeners(ready.plan().listenersOfAllStages());
    }

    String name() {
        return plan.name();
    }

    /** The name of the fact that says its mode. */
    String fact() {
        return "stage." + name() + ".config.settings." + SETTING;
    }

    /** The mode that runs; empty when the stage does not. */
    String running(RunState state) {
        return state.facts().getOrDefault(fact(), "");
    }

    /** The mode that the file gives it: as this command reads it, whose environment may not be the engine's. */
    String written() {
        return plan.config().text(SETTING);
    }

    boolean isPortfolioHeatGate() {
        return plan.spec().name().equals(PORTFOLIO_HEAT_GATE);
    }

    /** The stream whose entries carry the mode they were written in; empty when it writes none. */
    Optional<String> streamWithMode() {
        return plan.spec().outputs().stream()
                .filter(Output.ToStream.class::isInstance)
                .map(Output.ToStream.class::cast)
                .filter(output -> output.fields().contains(SETTING))
                .flatMap(output -> Optional.ofNullable(plan.streams().get(output.port())).stream())
                .findFirst();
    }

    /** The stream it reads; empty when it reads none. */
    Optional<String> streamIn() {
        return plan.source() instanceof SourcePlan.FromStream stream ? Optional.of(stream.key()) : Optional.empty();
    }

    /** The stages of the wiring that look up what this one writes at this port, wherever they run. */
    List<String> readersOf(String port) {
        Optional<String> key = wire.keys().stream()
                .filter(binding -> binding.name().text().equals(port))
                .map(binding -> binding.target().text())
                .findFirst();
        return ready.graph().stagesOn().stream()
                .filter(other -> !other.name().text().equals(name()))
                .filter(other -> key.isPresent() && looksUp(other, key.get()))
                .map(other -> other.name().text())
                .toList();
    }

    /** Whether a stage runs in this engine. */
    static boolean runs(String name, RunState state) {
        return state.facts().containsKey("stage." + name + ".name");
    }

    private static boolean looksUp(StageWire stage, String key) {
        return stage.keys().stream()
                .filter(binding -> binding.target().text().equals(key))
                .map(Binding::name)
                .anyMatch(port -> stage.spec().lookUps().stream()
                        .anyMatch(lookUp -> lookUp.port().equals(port.text())));
    }
}
