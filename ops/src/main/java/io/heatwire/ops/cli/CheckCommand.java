package io.heatwire.ops.cli;

import io.heatwire.operators.OperatorCatalog;
import io.heatwire.ops.check.JsonReport;
import io.heatwire.ops.check.SarifReport;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringPlan;
import io.heatwire.wiring.WiringResult;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a wiring file without touching Redis. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = "Checks a wiring file: prints every problem with its place and what to write instead.",
        footer = {
            "%nExit code 0 when it may run, 78 when it must not, whatever the format.",
            "heatwire explain CODE says more about a code."
        })
final class CheckCommand implements Callable<Integer> {

    /** How findings are written. */
    enum Format {
        /** For people: each finding with its lines, to the error output; the result to the output. */
        TEXT,
        /** One JSON object to the output. */
        JSON,
        /** SARIF 2.1.0 to the output. */
        SARIF
    }

    private final Console console;

    @Parameters(paramLabel = "FILE", description = "the wiring file")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default), json or sarif")
    private Format format = Format.TEXT;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        WiringResult result = Wiring.load(file, console.environment(), OperatorCatalog.all(), Set.of());
        switch (format) {
            case TEXT -> text(result);
            case JSON -> console.out().print(JsonReport.render(result));
            case SARIF -> console.out().print(SarifReport.render(result, Version.number()));
        }
        console.out().flush();
        return result instanceof WiringResult.Ready ? Exit.OK : Exit.CONFIGURATION;
    }

    private void text(WiringResult result) {
        console.err().print(result.render());
        console.err().flush();
        if (result instanceof WiringResult.Ready ready) {
            WiringPlan plan = ready.plan();
            console.out()
                    .println(file + ": ok, " + plan.engine().stages().size() + " stages, "
                            + plan.http().size() + " http listeners");
        }
    }
}
