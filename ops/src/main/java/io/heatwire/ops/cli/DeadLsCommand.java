package io.heatwire.ops.cli;

import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.dead.SummaryTable;
import io.heatwire.ops.http.JsonText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How many dead letters there are, how old, and why. */
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = "Lists how many dead letters each stage has, how old they are, and their reasons.",
        footer =
                "%nReasons are counted over the newest 10,000 letters of a stage; the list says so when there are more.")
final class DeadLsCommand implements Callable<Integer> {

    private static final int SCANNED = 10_000;

    private enum Format {
        table,
        json
    }

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Mixin
    private DeadWiring wiring = new DeadWiring();

    @Option(names = "--stage", paramLabel = "STAGE", description = "only this stage")
    private @Nullable String stage;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "table", description = "${COMPLETION-CANDIDATES}")
    private Format format = Format.table;

    DeadLsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return wiring.open(console, this::list);
    }

    private int list(EnginePlan plan, DeadDesk desk) {
        List<StagePlan> stages = stage == null ? plan.stages() : List.of(wiring.stage(plan, stage, arguments));
        SummaryTable table = new SummaryTable();
        for (StagePlan each : stages) {
            desk.await(desk.letters(each).summary(SCANNED)).ifPresent(summary -> table.add(each.name(), summary));
        }
        if (format == Format.json) {
            console.out().println(JsonText.of(Map.of("stages", table.values())));
        } else {
            table.print(console.out());
        }
        return Exit.OK;
    }
}
