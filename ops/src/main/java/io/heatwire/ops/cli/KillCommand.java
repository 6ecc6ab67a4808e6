package io.heatwire.ops.cli;

import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.kill.KillSwitch;
import io.heatwire.ops.ledger.Check;
import io.heatwire.ops.ledger.Ledger;
import io.heatwire.ops.ledger.LedgerEntry;
import io.heatwire.ops.ledger.LedgerException;
import io.heatwire.ops.ledger.LedgerText;
import io.heatwire.wiring.WiringResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pulls the kill switch, lets go of it, or shows how it stands. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "The kill switch of a wiring: the keys at which its planners look before every plan. on sets all of them to 1, off"
                    + " deletes all of them, and both read them back. Works without a running engine.",
        },
        footer = {
            "%n--why must be given for on and off.",
            "Exit code of status: 0 when it is off, 1 when it is on or cannot be read. Of on and off: 0 when it is so now, 1 when it is not, or when",
            "the ledger could not be written; 69 when Redis does not answer."
        })
final class KillCommand implements Callable<Integer> {

    enum Verb {
        on,
        off,
        status
    }

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Mixin
    private WiringOption wiring = new WiringOption();

    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Parameters(paramLabel = "on|off|status", description = "what to do")
    @SuppressWarnings("NullAway.Init")
    private Verb verb;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "where the engine leaves word, and the ledger is")
    private @Nullable Path stateDirectory;

    KillCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (verb != Verb.status) {
            ledger.demandReason(arguments);
        }
        Ledger file = ledger.demand(console, stateDirectory, arguments);
        return wiring.open(console, (ready, desk) -> work(ready, desk, file));
    }

    private int work(WiringResult.Ready ready, DeadDesk desk, Ledger file) {
        KillSwitch kill = new KillSwitch(ready.graph(), desk);
        if (kill.keys().isEmpty()) {
            return ChangedEngine.complain(
                    console, "no stage of " + wiring.file() + " looks at a kill switch", Exit.CONFIGURATION);
        }
        return verb == Verb.status ? status(kill, file) : turn(kill, file);
    }

    private int status(KillSwitch kill, Ledger file) {
        List<KillSwitch.Reading> readings = kill.read();
        boolean isOn = KillSwitch.isOn(readings) || !kill.stagesSetOn().isEmpty();
        boolean isUnknown = readings.stream().anyMatch(KillSwitch.Reading::isRefused);
        console.out()
                .println("kill switch: "
                        + (isOn
                                ? "ON, " + extent(kill.unblocked(KillSwitch.blocking(readings)))
                                : isUnknown ? "unknown, Redis does not let every key be read" : "off"));
        readings.forEach(reading -> console.out()
                .println("  " + Escaped.plain(reading.key() + ": " + reading.shown())
                        + (reading.isOn() ? "  (blocks)" : "")));
        sayWhatNoKeySwitchesOff(kill);
        lastSet(file)
                .ifPresentOrElse(
                        entry -> LedgerText.lines(entry).stream().limit(2).forEach(console.out()::println),
                        () -> console.out().println("  the ledger " + file.file() + " does not know who set it last"));
        return isOn || isUnknown ? Exit.PARTLY : Exit.OK;
    }

    private static String extent(List<String> unblocked) {
        return unblocked.isEmpty()
                ? "every plan is blocked"
                : "but NOT for " + Escaped.plain(String.join(", ", unblocked)) + ": no key blocks there";
    }

    private void sayWhatNoKeySwitchesOff(KillSwitch kill) {
        kill.stagesSetOn()
                .forEach(stage -> console.out()
                        .println("  setting kill_switch of " + stage + ": true  (blocks; no key switches it off)"));
    }

    private Optional<LedgerEntry> lastSet(Ledger file) {
        try {
            return file.read().outcomes().stream()
                    .filter(entry -> entry.operation().equals("kill"))
                    .reduce((first, second) -> second);
        } catch (LedgerException unreadable) {
            console.err().println("heatwire: " + unreadable.getMessage());
            return Optional.empty();
        }
    }

    /** Unlike all other changes this one is made even when it cannot be recorded: it is for emergencies. */
    private int turn(KillSwitch kill, Ledger file) {
        boolean on = verb == Verb.on;
        Map<String, String> before = KillSwitch.shown(kill.read());
        List<Check> checks = kill.turn(on);
        Map<String, String> after = KillSwitch.shown(kill.read());
        checks.forEach(check -> console.out().println(Escaped.plain(LedgerText.line(check))));
        Set<String> good =
                checks.stream().filter(Check::isGood).map(Check::name).collect(Collectors.toSet());
        List<String> unblocked = on ? kill.unblocked(good) : List.of();
        boolean isSo = on
                ? !good.isEmpty()
                : checks.stream().allMatch(Check::isGood) && kill.stagesSetOn().isEmpty();
        if (!on) {
            sayWhatNoKeySwitchesOff(kill);
        }
        console.out()
                .println(
                        !isSo
                                ? "kill switch: NOT " + verb
                                : on
                                        ? "kill switch: ON, from the next turn of each planner on " + extent(unblocked)
                                        : "kill switch: off");
        boolean isAllGood = isSo && checks.stream().allMatch(Check::isGood);
        try {
            LedgerOption.operation(file, console, "kill", verb.name(), ledger.reason())
                    .end(before, after, checks, isAllGood ? LedgerEntry.DONE : isSo ? "partly" : "failed");
        } catch (LedgerException unwritten) {
            return ChangedEngine.complain(console, "NOT in the ledger: " + unwritten.getMessage(), Exit.PARTLY);
        }
        return isAllGood ? Exit.OK : Exit.PARTLY;
    }
}
