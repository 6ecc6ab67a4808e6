package io.heatwire.ops.cli;

import io.heatwire.ops.ask.EngineListeners;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.verify.Verification;
import io.heatwire.wiring.WiringResult;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds the observations in Redis against the counters of the running engine. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Counts the observations in their stream and in the metrics of the running engine, by point, result and reason, since"
                    + " the engine began to count; then coverage, drops, and lag and pending of each group.",
            "Says where stream and metrics disagree, and why they may. Stages in processes of their own are asked at the listener of"
                    + " each; what cannot be asked is not compared, and does not agree. Changes nothing."
        },
        footer =
                "%nExit code 0 when they agree, 1 when they do not or cannot be compared, 69 when no engine, or Redis, answers.")
final class VerifyCommand implements Callable<Integer> {

    private static final int HIGHEST_SCAN = 10_000_000;

    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private WiringOption wiring = new WiringOption();

    @Mixin
    private StageOption stages = new StageOption();

    @Option(
            names = "--scan",
            paramLabel = "N",
            defaultValue = "100000",
            description = "how many of the newest entries of a stream to look at (${DEFAULT-VALUE})")
    private int scan = 100_000;

    VerifyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (scan < 1 || scan > HIGHEST_SCAN) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--scan must be 1 to " + HIGHEST_SCAN);
        }
        return wiring.open(console, this::verify);
    }

    private int verify(WiringResult.Ready ready, DeadDesk desk) {
        EngineListeners listeners = wiring.listeners(console, ready);
        Verification verification =
                new Verification(desk, ready.plan().engine(), stages.of(ready, spec), listeners, scan, console.out());
        return switch (verification.run()) {
            case AGREE -> Exit.OK;
            case DISAGREE -> Exit.PARTLY;
            case NO_METRICS -> {
                console.err()
                        .println("heatwire: no metrics: " + verification.whyNoMetrics() + "; is the engine running?");
                yield Exit.UNAVAILABLE;
            }
        };
    }
}
