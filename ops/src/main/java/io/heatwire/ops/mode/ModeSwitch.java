package io.heatwire.ops.mode;

import io.heatwire.contract.declare.Setting;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.edit.FileSwap;
import io.heatwire.ops.edit.SettingEdit;
import io.heatwire.ops.ledger.Check;
import io.heatwire.ops.ledger.Ledger;
import io.heatwire.ops.ledger.LedgerEntry;
import io.heatwire.ops.ledger.LedgerText;
import io.heatwire.ops.ledger.Operation;
import io.heatwire.ops.state.PlanFacts;
import io.heatwire.ops.state.RunState;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.problem.Nearest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts a stage of a running engine into another mode, or back. */
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
        if (running.equals(mode) && isWritten(stage, mode)) {
            out.println(name + " runs in mode " + mode + " already, and the file says so");
            return Outcome.UNCHANGED;
        }
        try (DeadDesk desk = DeadDesk.open(ready.plan().engine())) {
            List<Gate> gates = Preflight.gates(stage, mode, engine.state(), desk, manner.forcesConsumers());
            gates.forEach(this::print);
            List<Check> checks = gates.stream().map(Gate::check).toList();
            Map<String, String> before = new LinkedHashMap<>(Map.of("mode", running));
            boolean isBlocked = gates.stream().anyMatch(gate -> gate.blocks(manner.isForced()));
            if (manner.onlyLook()) {
                out.println(
                        isBlocked ? "blocked; nothing was changed" : "nothing stands in the way; nothing was changed");
                return isBlocked ? Outcome.BLOCKED : Outcome.UNCHANGED;
            }
            if (isBlocked) {
                out.println("blocked; nothing was changed"
                        + (gates.stream().anyMatch(gate -> gate.blocks(true))
                                ? ""
                                : ". --force overrules this, and --why goes into the ledger"));
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

    /** The mode in the file is what this command would read, too: the environment may say something else. */
    private static boolean isWritten(ModedStage stage, String mode) {
        return stage.plan().config().text(ModedStage.SETTING).equals(mode);
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

    private void print(Gate gate) {
        String firm = gate.isFirm() && !gate.check().isGood() ? " (cannot be overruled)" : "";
        out.println(Escaped.plain(LedgerText.line(gate.check()) + firm));
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

    /**
     * Undoes the last change that the ledger knows and that has not been undone, or puts this backup in place.
     *
     * @param backup empty for the last change
     * @throws NonsenseException when there is nothing to undo, or the file has been changed since by somebody else
     */
    public Outcome back(Optional<Path> backup, Ledger ledger, Manner manner, Operation operation) throws Exception {
        FileSwap file = new FileSwap(Path.of(engine.state().wiring()));
        byte[] now = file.content();
        LedgerEntry undone = null;
        Path source;
        if (backup.isPresent()) {
            source = backup.get();
        } else {
            undone = lastChange(ledger, file);
            source = Path.of(undone.after().getOrDefault("backup", ""));
            if (!undone.after().getOrDefault("file_sha256", "").equals(WiringChange.sha256(now))
                    && !manner.isForced()) {
                throw new NonsenseException(file.file() + " was changed since " + undone.time()
                        + ", and going back would undo that, too; --force does it, --to FILE takes another backup");
            }
        }
        byte[] old = Files.readAllBytes(source);
        Map<String, String> before = new LinkedHashMap<>();
        Map<String, String> after = new LinkedHashMap<>(Map.of("from", source.toString()));
        if (undone == null) {
            return put(source, new WiringChange.Plan(now, old, before, after, List.of()), file, manner, operation);
        }
        after.put("undoes", undone.id());
        before.put("mode", undone.after().getOrDefault("mode", ""));
        after.put("mode", undone.before().getOrDefault("mode", ""));
        out.println("undoing " + undone.operation() + " " + undone.target() + " of " + undone.time());
        WiringChange.Plan plan = new WiringChange.Plan(now, old, before, after, List.of());
        return restore(file, plan, undone, manner, operation);
    }

    /** A file somebody names is verified by every mode that it brings, and by no less than heatwire mode asks for. */
    private Outcome put(Path source, WiringChange.Plan plan, FileSwap file, Manner manner, Operation operation)
            throws Exception {
        Map<ModedStage, String> changes =
                engine.loader().apply(source) instanceof WiringResult.Ready ready ? changedModes(ready) : Map.of();
        if (changes.isEmpty()) {
            return change(file, manner).apply(plan, engine.state(), operation, now -> List.of());
        }
        if (changes.containsValue(ModedStage.ENFORCE) && !operation.hasWhy()) {
            throw new NonsenseException(source + " puts a stage into mode enforce: say why, with --why");
        }
        ModedStage any = changes.keySet().iterator().next();
        try (DeadDesk desk = DeadDesk.open(any.ready().plan().engine())) {
            List<Gate> gates = new ArrayList<>();
            List<Effect> effects = new ArrayList<>();
            for (Map.Entry<ModedStage, String> each : changes.entrySet()) {
                ModedStage stage = each.getKey();
                String fact = changes.size() == 1 ? "mode" : "mode of " + stage.name();
                plan.before().put(fact, stage.running(engine.state()));
                plan.after().put(fact, each.getValue());
                if (each.getValue().equals(ModedStage.ENFORCE)) {
                    gates.addAll(Preflight.gatesOfBackup(
                            stage, each.getValue(), engine.state(), desk, manner.forcesConsumers()));
                }
                effects.add(Effect.before(stage, each.getValue(), desk));
            }
            gates.forEach(this::print);
            List<Check> checks = gates.stream().map(Gate::check).toList();
            if (gates.stream().anyMatch(gate -> gate.blocks(manner.isForced()))) {
                out.println("blocked; nothing was changed");
                operation.end(plan.before(), plan.before(), checks, Outcome.BLOCKED.word());
                return Outcome.BLOCKED;
            }
            WiringChange.Plan gated =
                    new WiringChange.Plan(plan.old(), plan.fresh(), plan.before(), plan.after(), checks);
            return change(file, manner).apply(gated, engine.state(), operation, now -> {
                List<Check> seen = new ArrayList<>();
                for (Effect effect : effects) {
                    seen.addAll(effect.verify(now, manner.effectWait()));
                }
                return seen;
            });
        }
    }

    /** The stages that run in another mode than this wiring gives them. */
    private Map<ModedStage, String> changedModes(WiringResult.Ready ready) {
        Map<ModedStage, String> changes = new LinkedHashMap<>();
        for (String name : ModedStage.names(ready)) {
            ModedStage.of(ready, name)
                    .filter(stage -> !stage.running(engine.state()).isEmpty())
                    .filter(stage -> !isWritten(stage, stage.running(engine.state())))
                    .ifPresent(stage -> changes.put(stage, stage.plan().config().text(ModedStage.SETTING)));
        }
        return changes;
    }

    private Outcome restore(
            FileSwap file, WiringChange.Plan plan, LedgerEntry undone, Manner manner, Operation operation)
            throws Exception {
        WiringResult result = engine.loader().apply(file.file());
        Optional<ModedStage> stage = result instanceof WiringResult.Ready ready
                ? ModedStage.of(ready, undone.target().split(" ", 2)[0])
                : Optional.empty();
        String mode = plan.after().getOrDefault("mode", "");
        if (stage.isEmpty() || mode.isEmpty() || !(result instanceof WiringResult.Ready ready)) {
            return change(file, manner).apply(plan, engine.state(), operation, now -> List.of());
        }
        try (DeadDesk desk = DeadDesk.open(ready.plan().engine())) {
            Effect effect = Effect.before(stage.get(), mode, desk);
            return change(file, manner)
                    .apply(plan, engine.state(), operation, now -> effect.verify(now, manner.effectWait()));
        }
    }

    private static LedgerEntry lastChange(Ledger ledger, FileSwap file) throws NonsenseException {
        List<LedgerEntry> entries = ledger.read().entries();
        Set<String> undone = entries.stream()
                .filter(WiringChange::isChange)
                .flatMap(entry -> Optional.ofNullable(entry.after().get("undoes")).stream())
                .collect(Collectors.toSet());
        return entries.stream()
                .filter(WiringChange::isChange)
                .filter(entry -> !entry.operation().equals("rollback"))
                .filter(entry -> !undone.contains(entry.id()))
                .filter(entry -> entry.after().getOrDefault("backup", "").startsWith(file.file() + "."))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new NonsenseException(
                        "the ledger " + ledger.file() + " knows no change of " + file.file() + " that is not undone"));
    }
}
