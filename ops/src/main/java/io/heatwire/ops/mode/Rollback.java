package io.heatwire.ops.mode;

import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.edit.FileSwap;
import io.heatwire.ops.ledger.Check;
import io.heatwire.ops.ledger.Ledger;
import io.heatwire.ops.ledger.LedgerEntry;
import io.heatwire.ops.ledger.Operation;
import io.heatwire.ops.mode.ModeSwitch.Engine;
import io.heatwire.ops.mode.ModeSwitch.Manner;
import io.heatwire.ops.mode.ModeSwitch.NonsenseException;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts an older wiring file back. Each mode that this changes is verified as if it were changed by itself, and what becomes enforce
 * has to pass the same conditions: the way back may lead there, too.
 */
public final class Rollback {

    private final Engine engine;
    private final PrintWriter out;

    /** A way back for this engine, which says on this writer what it does. */
    public Rollback(Engine engine, PrintWriter out) {
        this.engine = engine;
        this.out = out;
    }

    /**
     * Puts this file in the place of the wiring.
     *
     * @throws NonsenseException when it leads to enforce and nobody says why
     * @throws IOException when a file cannot be read, kept or replaced; then the wiring is as it was
     */
    public Outcome to(Path backup, Manner manner, Operation operation) throws Exception {
        FileSwap file = new FileSwap(Path.of(engine.state().wiring()));
        Map<String, String> after = new LinkedHashMap<>(Map.of("from", backup.toString()));
        return put(
                backup,
                file,
                new WiringChange.Plan(
                        file.content(), Files.readAllBytes(backup), new LinkedHashMap<>(), after, List.of()),
                manner,
                operation);
    }

    /**
     * Undoes the last change that the ledger knows and that has not been undone.
     *
     * @throws NonsenseException when there is nothing to undo, when the file has been changed since by somebody else, when the
     *     stage does not run in this engine, or when it leads to enforce and nobody says why
     * @throws IOException when a file cannot be read, kept or replaced; then the wiring is as it was
     */
    public Outcome ofLastChange(Ledger ledger, Manner manner, Operation operation) throws Exception {
        FileSwap file = new FileSwap(Path.of(engine.state().wiring()));
        byte[] now = file.content();
        LedgerEntry undone = lastChange(ledger, file);
        Path backup = Path.of(undone.after().getOrDefault("backup", ""));
        if (!undone.after().getOrDefault("file_sha256", "").equals(WiringChange.sha256(now)) && !manner.isForced()) {
            throw new NonsenseException(file.file() + " was changed since " + undone.time()
                    + ", and going back would undo that, too; --force does it, --to FILE takes another backup");
        }
        refuseWhereItDoesNotRun(undone);
        byte[] old = Files.readAllBytes(backup);
        Map<String, String> before =
                new LinkedHashMap<>(Map.of("mode", undone.after().getOrDefault("mode", "")));
        Map<String, String> after = new LinkedHashMap<>(Map.of("from", backup.toString(), "undoes", undone.id()));
        after.put("mode", undone.before().getOrDefault("mode", ""));
        out.println("undoing " + undone.operation() + " " + undone.target() + " of " + undone.time());
        return put(backup, file, new WiringChange.Plan(now, old, before, after, List.of()), manner, operation);
    }

    /** Stages may share the file and have engines of their own: one that does not run it can neither look before nor see the effect. */
    private void refuseWhereItDoesNotRun(LedgerEntry undone) throws NonsenseException {
        String stage = undone.target().split(" ", 2)[0];
        if (!ModedStage.runs(stage, engine.state())) {
            throw new NonsenseException("the last change was of " + stage + ", which does not run in the engine of pid "
                    + engine.state().pid() + ": give --state-dir of the one that runs it, or --to "
                    + undone.after().get("backup"));
        }
    }

    private Outcome put(Path source, FileSwap file, WiringChange.Plan plan, Manner manner, Operation operation)
            throws Exception {
        Map<ModedStage, String> modes =
                engine.loader().apply(source) instanceof WiringResult.Ready ready ? changedModes(ready) : Map.of();
        if (modes.isEmpty()) {
            return change(file, manner).apply(plan, engine.state(), operation, now -> List.of());
        }
        if (modes.containsValue(ModedStage.ENFORCE) && !operation.hasWhy()) {
            throw new NonsenseException(source + " puts a stage into mode enforce: say why, with --why");
        }
        ModedStage any = modes.keySet().iterator().next();
        try (DeadDesk desk = DeadDesk.open(any.ready().plan().engine())) {
            Gates gates = gates(modes, desk, manner);
            note(modes, plan);
            gates.print(out);
            if (gates.block(manner.isForced())) {
                out.println(gates.refusal());
                operation.end(plan.before(), plan.before(), gates.checks(), Outcome.BLOCKED.word());
                return Outcome.BLOCKED;
            }
            List<Effect> effects = new ArrayList<>();
            for (Map.Entry<ModedStage, String> each : modes.entrySet()) {
                effects.add(Effect.before(each.getKey(), each.getValue(), desk));
            }
            WiringChange.Plan gated =
                    new WiringChange.Plan(plan.old(), plan.fresh(), plan.before(), plan.after(), gates.checks());
            return change(file, manner).apply(gated, engine.state(), operation, now -> {
                List<Check> seen = new ArrayList<>();
                for (Effect effect : effects) {
                    seen.addAll(effect.verify(now, manner.effectWait()));
                }
                return seen;
            });
        }
    }

    /** The way back to shadow has to be open at any time; the way to enforce is the same as by heatwire mode. */
    private Gates gates(Map<ModedStage, String> modes, DeadDesk desk, Manner manner) throws InterruptedException {
        List<Gate> gates = new ArrayList<>();
        for (Map.Entry<ModedStage, String> each : modes.entrySet()) {
            if (each.getValue().equals(ModedStage.ENFORCE)) {
                gates.addAll(Preflight.gatesOfBackup(
                        each.getKey(), each.getValue(), engine.state(), desk, manner.forcesConsumers()));
            }
        }
        return new Gates(List.copyOf(gates));
    }

    private void note(Map<ModedStage, String> modes, WiringChange.Plan plan) {
        modes.forEach((stage, mode) -> {
            String fact = modes.size() == 1 ? "mode" : "mode of " + stage.name();
            plan.before().put(fact, stage.running(engine.state()));
            plan.after().put(fact, mode);
        });
    }

    /** The stages that run in another mode than this wiring gives them. */
    private Map<ModedStage, String> changedModes(WiringResult.Ready ready) {
        Map<ModedStage, String> changes = new LinkedHashMap<>();
        for (String name : ModedStage.names(ready)) {
            ModedStage.of(ready, name)
                    .filter(stage -> !stage.running(engine.state()).isEmpty())
                    .filter(stage -> !stage.written().equals(stage.running(engine.state())))
                    .ifPresent(stage -> changes.put(stage, stage.written()));
        }
        return changes;
    }

    private WiringChange change(FileSwap file, Manner manner) {
        return new WiringChange(file, engine.loader(), engine.directory(), manner.reloadWait(), out);
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
