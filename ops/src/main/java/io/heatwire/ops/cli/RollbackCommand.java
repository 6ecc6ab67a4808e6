package io.heatwire.ops.cli;

import io.heatwire.ops.ledger.Ledger;
import io.heatwire.ops.ledger.Operation;
import io.heatwire.ops.mode.ModeSwitch;
import io.heatwire.ops.mode.Rollback;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Undoes the last change of the wiring file. */
@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Undoes the last change that the ledger knows of: puts the file back that was kept, has the engine read it, and"
                    + " verifies the effect. Given again, it undoes the change before that.",
            "With --to it takes that file instead. Either way each mode that this changes is verified; when one becomes enforce, --why must be",
            "given, and what heatwire mode looks at before is looked at: what is not as it should be blocks, and --force overrules it."
        },
        footer = "%nExit codes as for heatwire mode.")
final class RollbackCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Mixin
    private ChangedEngine engine = new ChangedEngine();

    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Option(names = "--to", paramLabel = "BACKUP", description = "put this file in the place of the wiring")
    private @Nullable Path backup;

    RollbackCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Ledger file = ledger.demand(console, engine.stateDirectory(), arguments);
        return engine.change(console, found -> {
            String target = backup == null ? "last change" : backup.toString();
            Operation operation = LedgerOption.operation(file, console, "rollback", target, ledger.reason());
            try {
                Rollback rollback = new Rollback(found, console.out());
                ModeSwitch.Manner manner = engine.manner(false);
                return ModeCommand.code(
                        backup == null
                                ? rollback.ofLastChange(file, manner, operation)
                                : rollback.to(backup, manner, operation));
            } catch (ModeSwitch.NonsenseException nonsense) {
                return ChangedEngine.complain(console, String.valueOf(nonsense.getMessage()), Exit.PARTLY);
            }
        });
    }
}
