package io.heatwire.ops.cli;

import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringPlan;
import io.heatwire.wiring.WiringResult;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Checks a wiring file without touching Redis. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = "Checks a wiring file: prints every problem with its place and what to write instead.",
        footer = {"%nExit code 0 when it may run, 78 when it must not."})
final class CheckCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private OperatorSource operators = new OperatorSource();

    @Parameters(paramLabel = "FILE", description = "the wiring file")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        WiringResult result = Wiring.load(file, console.environment(), operators.catalog(console), Set.of());
        console.err().print(result.render());
        console.err().flush();
        if (result instanceof WiringResult.Ready ready) {
            WiringPlan plan = ready.plan();
            console.out()
                    .println(file + ": ok, " + plan.engine().stages().size() + " stages, "
                            + plan.http().size() + " http listeners");
            return Exit.OK;
        }
        return Exit.CONFIGURATION;
    }
}
