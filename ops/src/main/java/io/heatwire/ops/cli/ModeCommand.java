package io.heatwire.ops.cli;

import io.heatwire.ops.ledger.Ledger;
import io.heatwire.ops.ledger.Operation;
import io.heatwire.ops.mode.ModeSwitch;
import io.heatwire.ops.mode.Outcome;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a stage of the running engine into another mode, and sees to it that it is. */
@Command(
        name = "mode",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Puts a stage of the running engine into another mode: looks whether that may be done, changes the one value in the"
                    + " wiring file, has the engine read it, and verifies the effect. Undoes all of it when that fails.",
            "Give it the environment of the engine, as for reload --plan."
        },
        footer = {
            "%n--why must be given for enforce, and with --force.",
            "Exit code 0 when it is done and seen, 1 when a condition is not met, 78 when it was refused or rolled back, 75 when",
            "the old file is back and the engine has not confirmed it, or the old file could not be put back, 69 when no engine is found."
        })
final class ModeCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Mixin
    private ChangedEngine engine = new ChangedEngine();

    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Parameters(index = "0", paramLabel = "STAGE", description = "a stage that has a setting mode")
    @SuppressWarnings("NullAway.Init")
    private String stage;

    @Parameters(index = "1", paramLabel = "MODE", description = "for portfolio_heat_gate: enforce or shadow")
    @SuppressWarnings("NullAway.Init")
    private String mode;

    @Option(names = "--plan", description = "only look whether it may be done")
    private boolean onlyPlan;

    ModeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        boolean isRisky = mode.equals("enforce") || engine.isForced();
        if (isRisky && !onlyPlan) {
            ledger.demandReason(arguments);
        }
        Ledger file = ledger.demand(console, engine.stateDirectory(), arguments);
        return engine.change(console, found -> {
            Operation operation = LedgerOption.operation(file, console, "mode", stage + " " + mode, ledger.reason());
            try {
                return code(new ModeSwitch(found, console.out()).to(stage, mode, engine.manner(onlyPlan), operation));
            } catch (ModeSwitch.NonsenseException nonsense) {
                return ChangedEngine.complain(console, String.valueOf(nonsense.getMessage()), Exit.USAGE);
            }
        });
    }

    static int code(Outcome outcome) {
        return switch (outcome) {
            case DONE, UNCHANGED -> Exit.OK;
            case BLOCKED, UNRECORDED -> Exit.PARTLY;
            case REFUSED, ROLLED_BACK -> Exit.CONFIGURATION;
            case UNCONFIRMED, NOT_PUT_BACK -> Exit.TRY_AGAIN;
        };
    }
}
