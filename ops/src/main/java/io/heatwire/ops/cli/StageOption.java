package io.heatwire.ops.cli;

import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.dead.Escaped;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.problem.Nearest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The stages that a command looks at. */
final class StageOption {

    @Option(
            names = "--stage",
            paramLabel = "NAME",
            split = ",",
            description = "only these stages, separated by commas; without it all that are switched on")
    private Set<String> asked = new LinkedHashSet<>();

    /** Whether some were asked for. */
    boolean isGiven() {
        return !asked.isEmpty();
    }

    /** Those asked for, else all that are switched on, in the order of the wiring; refuses what is no stage of it. */
    List<String> of(WiringResult.Ready ready, CommandSpec command) {
        List<String> names =
                ready.plan().engine().stages().stream().map(StagePlan::name).toList();
        asked.stream().filter(stage -> !names.contains(stage)).findFirst().ifPresent(unknown -> {
            throw new CommandLine.ParameterException(
                    command.commandLine(),
                    "no stage '" + Escaped.plain(unknown) + "' is switched on in "
                            + ready.source().name() + "; " + Nearest.advice(unknown, names));
        });
        return asked.isEmpty() ? names : names.stream().filter(asked::contains).toList();
    }
}
