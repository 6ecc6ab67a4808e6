package io.heatwire.ops.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Says which build this is. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = "Prints the version of Heatwire and of Java.")
final class VersionCommand implements Callable<Integer> {

    private final Console console;

    VersionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        for (String line : new Version().getVersion()) {
            console.out().println(line);
        }
        return Exit.OK;
    }
}
