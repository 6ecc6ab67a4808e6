package io.heatwire.ops.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program itself: says what there is. */
@Command(
        name = "heatwire",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        synopsisSubcommandLabel = "COMMAND",
        description = "A reactive event-processing engine for Redis Streams, wired by one YAML file.",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:all went well",
            " 1:proof: a line failed; verify: stream and metrics disagree; inject: not all was appended;"
                    + " mode: blocked; kill status: on; report: HOLD; tune: something to change; ledger: a damaged line;"
                    + " status: something is not well; dead: a letter stayed or was not there; trace: it broke off;"
                    + " dashboards --check: a file differs; demo: Redis and /metrics disagree",
            "64:the command line was not understood",
            "69:something needed cannot be had: a suitable server, a free port, a running engine, a JDK",
            "70:a fault of the program itself",
            "75:reload, mode: no word of the engine in time",
            "78:the wiring or the environment is wrong"
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  HEATWIRE_LOG_LEVEL    trace, debug, info (default), warn or error",
            "  HEATWIRE_LOG_FORMAT   text (default) or json",
            "  HEATWIRE_STATE_DIR    where run and reload meet, else RUNTIME_DIRECTORY, else XDG_RUNTIME_DIR/heatwire",
            "  HEATWIRE_LEDGER       the record of changes, see heatwire help ledger show",
            "  HEATWIRE_OPERATORS    a directory of jars with further operators, where --operators is not given",
            "  HEATWIRE_JAVA         the java to run, else JAVA_HOME, else the one on the PATH",
            "  HEATWIRE_JAVA_OPTS    further options for it, for example -Xmx256m"
        })
final class HeatwireCommand implements Callable<Integer> {

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    HeatwireCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.err());
        return Exit.USAGE;
    }
}
