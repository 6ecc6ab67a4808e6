package io.heatwire.ops.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Reports over a stretch of time. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        synopsisSubcommandLabel = "COMMAND",
        description = "Reports over a stretch of time, from Redis alone.",
        commandListHeading = "%nCommands:%n")
final class ReportCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private ReportCommand(Console console) {
        this.console = console;
    }

    static CommandLine with(Console console) {
        return new CommandLine(new ReportCommand(console)).addSubcommand(new ReportShadowCommand(console));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.err());
        return Exit.USAGE;
    }
}
