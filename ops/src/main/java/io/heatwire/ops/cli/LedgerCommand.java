package io.heatwire.ops.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Looks at the record of changes. */
@Command(
        name = "ledger",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "The record of every change: when, who, what, why, before, after, and what was looked at to prove it.",
        commandListHeading = "%nCommands:%n")
final class LedgerCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private LedgerCommand(Console console) {
        this.console = console;
    }

    static CommandLine with(Console console) {
        return new CommandLine(new LedgerCommand(console)).addSubcommand(new LedgerShowCommand(console));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.err());
        return Exit.USAGE;
    }
}
