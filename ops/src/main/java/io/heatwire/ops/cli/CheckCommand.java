package io.heatwire.ops.cli;

import io.heatwire.ops.check.JsonReport;
import io.heatwire.ops.check.SarifReport;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringPlan;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.live.LiveReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a wiring file, and on request the Redis it is to run on. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Checks a wiring file: prints every problem with its place and what to write instead.",
            "With --live it also reads from the running Redis whether keys, streams, groups, fields, the server and the rights are as the file says; it writes nothing."
        },
        footer = {
            "%nExit code 0 when it may run, 78 when it must not, whatever the format; 69 when Redis cannot be reached.",
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

    private static final int MOST_S = 600;

    private final Console console;

    @Mixin
    private OperatorSource operators = new OperatorSource();

    @Parameters(paramLabel = "FILE", description = "the wiring file")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default), json or sarif")
    private Format format = Format.TEXT;

    @Option(names = "--live", description = "look at the running Redis, too")
    private boolean live;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "how long the look may take, from 1 to 600 (default 10)")
    private int timeoutS;

    @Mixin
    private Arguments arguments = new Arguments();

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        WiringResult loaded = Wiring.load(file, console.environment(), operators.catalog(console), Set.of());
        Optional<LiveReport> seen =
                live && loaded instanceof WiringResult.Ready ready ? Optional.of(look(ready)) : Optional.empty();
        WiringResult result = loaded instanceof WiringResult.Ready ready
                ? seen.<WiringResult>map(report -> ready.with(report.findings()))
                        .orElse(ready)
                : loaded;
        switch (format) {
            case TEXT -> text(result, seen);
            case JSON ->
                console.out()
                        .print(JsonReport.render(
                                result, seen.map(LiveReport::parts).orElse(List.of())));
            case SARIF -> console.out().print(SarifReport.render(result, Version.number()));
        }
        console.out().flush();
        return result instanceof WiringResult.Ready ? Exit.OK : Exit.CONFIGURATION;
    }

    private LiveReport look(WiringResult.Ready ready) {
        if (timeoutS < 1 || timeoutS > MOST_S) {
            throw arguments.refusal("--timeout must be from 1 to " + MOST_S + " seconds");
        }
        return LiveLook.at(ready.plan(), Duration.ofSeconds(timeoutS));
    }

    private void text(WiringResult result, Optional<LiveReport> seen) {
        console.err().print(result.render());
        console.err().flush();
        seen.ifPresent(report -> console.out().print(report.summary()));
        if (result instanceof WiringResult.Ready ready) {
            WiringPlan plan = ready.plan();
            console.out()
                    .println(file + ": ok, " + plan.engine().stages().size() + " stages, "
                            + plan.http().size() + " http listeners");
        }
    }
}
