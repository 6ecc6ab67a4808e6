package io.heatwire.ops.mode;

import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.edit.FileSwap;
import io.heatwire.ops.ledger.Check;
import io.heatwire.ops.ledger.LedgerEntry;
import io.heatwire.ops.ledger.LedgerException;
import io.heatwire.ops.ledger.LedgerText;
import io.heatwire.ops.ledger.Operation;
import io.heatwire.ops.state.ReloadCall;
import io.heatwire.ops.state.RunState;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A new text for a wiring file, step by step: checked beside it, put into the ledger, the old text kept, replaced, read by the engine,
 * its effect verified. From the replacement on everything that fails puts the old text back and has the engine read that.
 */
final class WiringChange {

    private final FileSwap file;
    private final Function<Path, WiringResult> loader;
    private final Path engineDirectory;
    private final Duration patience;
    private final PrintWriter out;

    WiringChange(
            FileSwap file,
            Function<Path, WiringResult> loader,
            Path engineDirectory,
            Duration patience,
            PrintWriter out) {
        this.file = file;
        this.loader = loader;
        this.engineDirectory = engineDirectory;
        this.patience = patience;
        this.out = out;
    }

    /** Looks whether the change has the effect it is for. */
    @FunctionalInterface
    interface Verification {
        List<Check> of(RunState now) throws Exception;
    }

    /** What a change does, and how it is known. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares plans
    record Plan(byte[] old, byte[] fresh, Map<String, String> before, Map<String, String> after, List<Check> gates) {}

    /** From the replacement on no exception leaves it: what cannot be said good is put back. */
    Outcome apply(Plan plan, RunState running, Operation operation, Verification verification) throws Exception {
        Path candidate = file.prepare(plan.fresh());
        List<Check> checks = new ArrayList<>(plan.gates());
        try {
            WiringResult result = loader.apply(candidate);
            if (!(result instanceof WiringResult.Ready)) {
                out.print(result.render());
                return ended(operation, plan, plan.gates(), Outcome.REFUSED, "the check refuses the new file");
            }
            Path backup = file.keep(plan.old(), Instant.now());
            plan.after().put("backup", backup.toString());
            plan.before().put("file_sha256", sha256(plan.old()));
            plan.after().put("file_sha256", sha256(plan.fresh()));
            operation.begin(plan.before(), plan.after());
            out.println("kept the old file as " + backup);
            try {
                file.replaceBy(candidate, plan.old());
            } catch (IOException refused) {
                if (!holds(plan.fresh())) {
                    return ended(operation, plan, plan.gates(), Outcome.REFUSED, String.valueOf(refused.getMessage()));
                }
                checks.add(Check.bad("file replaced", "and on the disk", String.valueOf(refused.getMessage())));
            }
        } finally {
            discard(candidate);
        }
        checks.addAll(reloadAndVerify(running, verification));
        checks.subList(plan.gates().size(), checks.size()).forEach(this::print);
        if (checks.stream().skip(plan.gates().size()).allMatch(Check::isGood)) {
            return ended(operation, plan, checks, Outcome.DONE, "");
        }
        out.println("not as it should be: putting the old file back");
        Undone undone = undo(plan, running);
        undone.checks().forEach(this::print);
        checks.addAll(undone.checks());
        if (!undone.isPutBack()) {
            return ended(operation, plan, checks, Outcome.NOT_PUT_BACK, whereThingsAre(plan, running));
        }
        return undone.checks().stream().allMatch(Check::isGood)
                ? ended(operation, plan, checks, Outcome.ROLLED_BACK, "the old wiring runs again")
                : ended(
                        operation,
                        plan,
                        checks,
                        Outcome.UNCONFIRMED,
                        "the file is the old one again, but the engine has not said that it runs it: look at its log,"
                                + " give heatwire reload, and restart it if that stays without an answer");
    }

    /** A candidate that is left lying changes nothing, and must not stand in the way of what does. */
    private static void discard(Path candidate) {
        try {
            Files.deleteIfExists(candidate);
        } catch (IOException ignored) {
            // as said above
        }
    }

    private boolean holds(byte[] content) {
        try {
            return Arrays.equals(file.content(), content);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private String whereThingsAre(Plan plan, RunState before) {
        return file.file() + " is NOT the old file again, and the engine " + whatRuns(before)
                + ". The old text is in " + plan.after().get("backup")
                + ": see what the file says now, then heatwire rollback --to that, or mend the file and give heatwire reload";
    }

    private String whatRuns(RunState before) {
        try {
            return RunState.read(engineDirectory)
                    .map(now -> differences(before.facts(), now.facts()))
                    .map(others -> others.isEmpty()
                            ? "still runs what it ran before"
                            : "now runs something else (" + String.join(", ", others) + ")")
                    .orElse("has left no word of what it runs");
        } catch (IOException unreadable) {
            return "has left word that cannot be read";
        }
    }

    /** Whatever goes wrong here: what cannot be verified must not stay. */
    private List<Check> reloadAndVerify(RunState running, Verification verification) {
        List<Check> checks = new ArrayList<>();
        try {
            ReloadCall.Answer answer = ReloadCall.ask(engineDirectory, running, patience);
            checks.add(reloaded(answer));
            if (answer instanceof ReloadCall.Answer.Word word && word.isGood()) {
                checks.addAll(verification.of(word.state()));
            }
        } catch (Exception failed) {
            checks.add(Check.bad(
                    checks.isEmpty() ? "reload" : "verification",
                    "comes to its end",
                    failed.getClass().getSimpleName() + ": " + failed.getMessage()));
        }
        return checks;
    }

    private static Check reloaded(ReloadCall.Answer answer) {
        String name = "reload";
        String expected = "accepted by the engine";
        if (answer instanceof ReloadCall.Answer.Word word) {
            RunState state = word.state();
            return new Check(
                    name,
                    expected,
                    state.outcome().replace('_', ' ') + ", generation " + state.generation() + ": " + state.change(),
                    word.isGood());
        }
        return Check.bad(
                name,
                expected,
                answer instanceof ReloadCall.Answer.Ended
                        ? "the engine has ended"
                        : answer instanceof ReloadCall.Answer.NotAsked
                                ? "the engine takes no signal of this user"
                                : "no word of the engine in time");
    }

    /** What came of putting the old text back. */
    private record Undone(boolean isPutBack, List<Check> checks) {}

    /** The engine may have taken over the new file, or refused it, or be about to: it is asked again in any case. */
    private Undone undo(Plan plan, RunState before) {
        List<Check> checks = new ArrayList<>();
        try {
            Path candidate = file.prepare(plan.old());
            try {
                file.replaceBy(candidate, plan.fresh());
            } finally {
                discard(candidate);
            }
        } catch (IOException | RuntimeException refused) {
            checks.add(Check.bad("old file put back", "yes", "no: " + refused.getMessage()));
            if (!holds(plan.old())) {
                return new Undone(false, checks);
            }
        }
        checks.addAll(reloadAndVerify(before, now -> {
            List<String> differences = differences(before.facts(), now.facts());
            return List.of(new Check(
                    "what runs",
                    "the same as before",
                    differences.isEmpty() ? "the same as before" : String.join(", ", differences),
                    differences.isEmpty()));
        }));
        return new Undone(true, checks);
    }

    /** The names of the facts that differ. */
    static List<String> differences(Map<String, String> before, Map<String, String> now) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .filter(name -> !before.getOrDefault(name, "").equals(now.getOrDefault(name, "")))
                .toList();
    }

    private void print(Check check) {
        out.println(Escaped.plain(LedgerText.line(check)));
    }

    private Outcome ended(Operation operation, Plan plan, List<Check> checks, Outcome outcome, String why) {
        if (!why.isEmpty()) {
            out.println(outcome.word().replace('_', ' ') + ": " + why);
        }
        Map<String, String> after = switch (outcome) {
            case DONE -> plan.after();
            case NOT_PUT_BACK -> onlyBackup(plan, new LinkedHashMap<>());
            default -> onlyBackup(plan, new LinkedHashMap<>(new TreeMap<>(plan.before())));
        };
        try {
            operation.end(plan.before(), after, checks, outcome.word());
        } catch (LedgerException unwritten) {
            out.println("NOT in the ledger: " + unwritten.getMessage());
            return outcome == Outcome.DONE ? Outcome.UNRECORDED : outcome;
        }
        return outcome;
    }

    private static Map<String, String> onlyBackup(Plan plan, Map<String, String> after) {
        String backup = plan.after().get("backup");
        if (backup != null) {
            after.put("backup", backup);
        }
        return after;
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether this entry of the ledger is a change of a file that can be undone. */
    static boolean isChange(LedgerEntry entry) {
        return entry.result().equals(LedgerEntry.DONE) && entry.after().containsKey("backup");
    }
}
