package io.heatwire.ops.mode;

import io.heatwire.contract.declare.Setting;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.edit.FileSwap;
import io.heatwire.ops.edit.SettingEdit;
import io.heatwire.ops.ledger.Check;
import io.heatwire.ops.ledger.Operation;
import io.heatwire.ops.state.PlanFacts;
import io.heatwire.ops.state.RunState;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.problem.Nearest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Puts a stage of a running engine into another mode. */
public final class ModeSwitch {

    private static final String WORD = "[A-Za-z0-9_-]{1,64}";

    private final Engine engine;
    private final PrintWriter out;

    /**
     * The engine that is changed.
     *
     * @param directory where it leaves word
     * @param state what it has left there
     * @param loader reads a wiring file as the engine would
     */
    public record Engine(Path directory, RunState state, Function<Path, WiringResult> loader) {}

    /**
     * How much is asked.
     *
     * @param isForced overrule every condition that is not firm
     * @param forcesConsumers overrule that nobody is seen who reads what is written
     * @param onlyLook end after the conditions
     * @param reloadWait how long the engine may take to read the file
     * @param effectWait how long to wait for the effect to show
     */
    public record Manner(
            boolean isForced, boolean forcesConsumers, boolean onlyLook, Duration reloadWait, Duration effectWait) {}

    /** A request that makes no sense; the message says why. */
    public static final class NonsenseException extends Exception {
        private static final long serialVersionUID = 1L;

        NonsenseException(String message) {
            super(message);
        }
    }

    /** A switch of this engine, which says on this writer what it does. */
    public ModeSwitch(Engine engine, PrintWriter out) {
        this.engine = engine;
        this.out = out;
    }

    /**
     * Changes the mode.
     *
     * @throws NonsenseException when there is no such stage or mode
     * @throws IOException when the file cannot be read, kept or replaced; then it is as it was
     */
    public Outcome to(String name, String mode, Manner manner, Operation operation) throws Exception {
        FileSwap file = new FileSwap(Path.of(engine.state().wiring()));
        byte[] old = file.content();
        WiringResult result = engine.loader().apply(file.file());
        if (!(result instanceof WiringResult.Ready ready)) {
            out.print(result.render());
            return Outcome.REFUSED;
        }
        ModedStage stage = ModedStage.of(ready, name)
                .orElseThrow(() -> new NonsenseException("no stage '" + Escaped.plain(name)
                        + "' runs that has a setting mode; " + Nearest.advice(name, ModedStage.names(ready))));
        refuseUnknown(stage, mode);
        String running = stage.running(engine.state());
        String text = new String(old, StandardCharsets.UTF_8);
        SettingEdit.Spot spot = SettingEdit.find(text, name, ModedStage.SETTING)
                .orElseThrow(() -> new NonsenseException("stage " + name + " has no settings in " + file.file()
                        + "; write settings: { mode: " + mode + " } into it and give heatwire reload"));
        if (running.equals(mode) && stage.written().equals(mode)) {
            out.println(name + " runs in mode " + mode + " already, and the file says so");
            return Outcome.UNCHANGED;
        }
        try (DeadDesk desk = DeadDesk.open(ready.plan().engine())) {
            Gates gates = new Gates(Preflight.gates(stage, mode, engine.state(), desk, manner.forcesConsumers()));
            gates.print(out);
            List<Check> checks = gates.checks();
            Map<String, String> before = new LinkedHashMap<>(Map.of("mode", running));
            boolean isBlocked = gates.block(manner.isForced());
            if (manner.onlyLook()) {
                out.println(
                        isBlocked ? "blocked; nothing was changed" : "nothing stands in the way; nothing was changed");
                return isBlocked ? Outcome.BLOCKED : Outcome.UNCHANGED;
            }
            if (isBlocked) {
                out.println(gates.refusal());
                operation.end(before, before, checks, Outcome.BLOCKED.word());
                return Outcome.BLOCKED;
            }
            say(spot, mode);
            Map<String, String> after = new LinkedHashMap<>(Map.of("mode", mode));
            after.put("line", file.file() + ":" + spot.line());
            if (!spot.written().isEmpty()) {
                before.put("written", spot.written());
            }
            byte[] fresh = spot.put(text, mode).getBytes(StandardCharsets.UTF_8);
            Effect effect = Effect.before(stage, mode, desk);
            Set<String> expected = expectedChanges(stage, ready);
            WiringChange.Plan plan = new WiringChange.Plan(old, fresh, before, after, checks);
            return change(file, manner)
                    .apply(plan, engine.state(), operation, now -> verify(effect, expected, now, manner));
        }
    }

    private static void refuseUnknown(ModedStage stage, String mode) throws NonsenseException {
        List<String> choices = stage.setting().choices();
        boolean isKnown = stage.setting().type() == Setting.Type.CHOICE ? choices.contains(mode) : mode.matches(WORD);
        if (!isKnown) {
            throw new NonsenseException("'" + Escaped.plain(mode) + "' is no mode of " + stage.name() + "; "
                    + (choices.isEmpty() ? "a mode is one word" : Nearest.advice(mode, choices)));
        }
    }

    private void say(SettingEdit.Spot spot, String mode) {
        spot.variable()
                .ifPresent(variable -> out.println("line " + spot.line() + ": " + Escaped.plain(spot.written())
                        + " is replaced by " + mode + ": from now on " + Escaped.plain(variable)
                        + " of the environment no longer decides this, until heatwire rollback puts it back"));
    }

    private WiringChange change(FileSwap file, Manner manner) {
        return new WiringChange(file, engine.loader(), engine.directory(), manner.reloadWait(), out);
    }

    /** What else the file says that does not run yet; forced, it comes along. */
    private Set<String> expectedChanges(ModedStage stage, WiringResult.Ready ready) {
        Set<String> expected =
                new HashSet<>(WiringChange.differences(engine.state().facts(), PlanFacts.of(ready.plan())));
        expected.add(stage.fact());
        return expected;
    }

    private List<Check> verify(Effect effect, Set<String> expected, RunState now, Manner manner) throws Exception {
        List<String> others = WiringChange.differences(engine.state().facts(), now.facts()).stream()
                .filter(name -> !expected.contains(name))
                .toList();
        List<Check> checks = new ArrayList<>();
        checks.add(new Check(
                "what else changed",
                "nothing",
                others.isEmpty() ? "nothing" : String.join(", ", others),
                others.isEmpty()));
        checks.addAll(effect.verify(now, manner.effectWait()));
        return checks;
    }
}
