package io.heatwire.ops.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Work on the dead letters of a wiring. */
@Command(
        name = "dead",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Looks at the dead letters of a wiring's stages, puts them back, deletes them.",
            "Works beside a running engine, and without one."
        },
        commandListHeading = "%nCommands:%n")
final class DeadCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private DeadCommand(Console console) {
        this.console = console;
    }

    static CommandLine with(Console console) {
        return new CommandLine(new DeadCommand(console))
                .addSubcommand(new DeadLsCommand(console))
                .addSubcommand(new DeadShowCommand(console))
                .addSubcommand(new DeadRequeueCommand(console))
                .addSubcommand(new DeadDropCommand(console));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.err());
        return Exit.USAGE;
    }
}
