package io.heatwire.ops.mode;

import io.heatwire.ops.ask.Answer;
import io.heatwire.ops.ask.EngineListeners;
import io.heatwire.ops.ask.Scrape;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.kill.KillSwitch;
import io.heatwire.ops.ledger.Check;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.shadow.ShadowData;
import io.heatwire.ops.shadow.ShadowFigures;
import io.heatwire.ops.state.FactsChange;
import io.heatwire.ops.state.PlanFacts;
import io.heatwire.ops.state.RunState;
import io.heatwire.wiring.Serves;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What has to be so before a mode is changed. Nothing but looks. */
final class Preflight {

    /** Twice the hours that are needed, so that an hour without proposals does not spoil it. */
    private static final Duration SHADOW = Duration.ofHours(2L * ShadowFigures.HOURS_NEEDED);

    private final ModedStage stage;
    private final EngineListeners listeners;
    private final RunState state;
    private final DeadDesk desk;
    private final List<Gate> gates = new ArrayList<>();

    private Preflight(ModedStage stage, RunState state, DeadDesk desk) {
        this.stage = stage;
        this.listeners = stage.listeners();
        this.state = state;
        this.desk = desk;
    }

    /** Everything that has to be so before this stage goes into this mode. */
    static List<Gate> gates(ModedStage stage, String mode, RunState state, DeadDesk desk, boolean forcesConsumers) {
        Preflight preflight = new Preflight(stage, state, desk);
        preflight.running();
        preflight.fileRuns();
        preflight.effect(mode, forcesConsumers);
        return List.copyOf(preflight.gates);
    }

    /** The same for a file that is to come as a whole: of course it says something else than what runs. */
    static List<Gate> gatesOfBackup(
            ModedStage stage, String mode, RunState state, DeadDesk desk, boolean forcesConsumers) {
        Preflight preflight = new Preflight(stage, state, desk);
        preflight.running();
        preflight.effect(mode, forcesConsumers);
        return List.copyOf(preflight.gates);
    }

    private void effect(String mode, boolean forcesConsumers) {
        effectCanBeSeen();
        if (stage.isPortfolioHeatGate() && mode.equals(ModedStage.ENFORCE)) {
            calibratedIsRead(forcesConsumers);
            shadowData();
            killSwitch();
        }
    }

    private void running() {
        String running = stage.running(state);
        gates.add(Gate.firm(new Check(
                "stage runs in the engine of pid " + state.pid(),
                "yes",
                running.isEmpty() ? "no" : "yes, in mode " + running,
                !running.isEmpty())));
    }

    private void fileRuns() {
        List<String> pending = FactsChange.lines(
                        state.facts(), PlanFacts.of(stage.ready().plan()))
                .stream()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .toList();
        gates.add(Gate.soft(new Check(
                "what the file says runs",
                "no difference; else heatwire reload first, with the environment of the engine",
                pending.isEmpty() ? "yes" : pending.stream().limit(5).collect(Collectors.joining("; ")),
                pending.isEmpty())));
    }

    private void effectCanBeSeen() {
        String name = "metrics of the stage";
        if (!listeners.serves(stage.name(), Serves.METRICS)) {
            gates.add(Gate.soft(Check.bad(name, "a listener that serves them", "no listener of the wiring does")));
            return;
        }
        Answer<Scrape> answer = listeners.metrics(stage.name());
        gates.add(Gate.soft(answer.said()
                .map(scrape -> scrape.sum("heatwire_stage_up", Map.of("stage", stage.name())))
                .map(up -> new Check(name, "heatwire_stage_up 1", "heatwire_stage_up " + up, up == 1))
                .orElseGet(() -> Check.bad(name, "an answer", answer.whyNot()))));
    }

    private void calibratedIsRead(boolean isForced) {
        List<String> readers = stage.readersOf("calibrated_hash");
        List<String> seen = new ArrayList<>();
        for (String reader : readers) {
            if (ModedStage.runs(reader, state)) {
                seen.add(reader);
            } else if (runsElsewhere(reader)) {
                seen.add(reader + ", in another engine");
            }
        }
        String unseen = readers.isEmpty()
                ? "nobody reads it: enforce would change nothing"
                : "not in this engine, and not seen at a listener of the wiring: " + String.join(", ", readers);
        String overruled = isForced && seen.isEmpty() ? ", overruled by --force-consumers" : "";
        gates.add(Gate.soft(new Check(
                "consumers in place",
                "a running stage that looks up the calibrated hash, such as an apply_planner; --force-consumers when it runs unseen",
                seen.isEmpty() ? unseen + overruled : String.join(", ", seen),
                !seen.isEmpty() || isForced)));
    }

    /** Every stage may have an engine of its own: then its listener must say that it is up. */
    private boolean runsElsewhere(String other) {
        return listeners
                .metrics(other)
                .said()
                .filter(scrape -> scrape.sum("heatwire_stage_up", Map.of("stage", other)) >= 1)
                .isPresent();
    }

    private void shadowData() {
        Optional<String> stream = stage.streamWithMode();
        if (stream.isPresent()) {
            ShadowFigures figures = new ShadowFigures(
                    ShadowData.read(new BrokerView(desk), stream.get(), stage.streamIn(), SHADOW.toMillis()));
            figures.criteria().forEach(check -> gates.add(Gate.soft(check)));
        }
    }

    private void killSwitch() {
        KillSwitch kill = new KillSwitch(stage.ready().graph(), desk);
        List<KillSwitch.Reading> readings = kill.read();
        boolean isOn = KillSwitch.isOn(readings) || !kill.stagesSetOn().isEmpty();
        boolean isKnown = readings.stream().noneMatch(KillSwitch.Reading::isRefused);
        gates.add(Gate.soft(new Check(
                "kill switch",
                "off: what is seen while every plan is blocked proves nothing",
                isOn
                        ? "on: " + KillSwitch.shown(readings) + " " + kill.stagesSetOn()
                        : isKnown ? "off" : "unknown: " + KillSwitch.shown(readings),
                !isOn && isKnown)));
    }
}
