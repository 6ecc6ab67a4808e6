package io.heatwire.ops.cli;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.dead.Escaped;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.problem.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntBiFunction;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The wiring whose dead letters a command is about; all of them take it the same way. */
final class DeadWiring {

    @Option(
            names = {"-w", "--wiring"},
            required = true,
            paramLabel = "FILE",
            description = "the wiring file: it names the stages and their Redis")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Mixin
    private OperatorSource operators = new OperatorSource();

    /** Loads the wiring and connects for this work; says what is wrong when the wiring is refused. */
    int open(Console console, ToIntBiFunction<EnginePlan, DeadDesk> work) {
        WiringResult result = Wiring.load(file, console.environment(), operators.catalog(console), Set.of());
        if (!(result instanceof WiringResult.Ready ready)) {
            console.err().print(result.render());
            console.err().flush();
            return Exit.CONFIGURATION;
        }
        EnginePlan plan = ready.plan().engine();
        try (DeadDesk desk = DeadDesk.open(plan)) {
            return work.applyAsInt(plan, desk);
        }
    }

    StagePlan stage(EnginePlan plan, String name, CommandSpec command) {
        return plan.stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandLine.ParameterException(
                        command.commandLine(),
                        "no stage '" + Escaped.plain(name) + "' is switched on in " + file + "; "
                                + Nearest.advice(
                                        name,
                                        plan.stages().stream()
                                                .map(StagePlan::name)
                                                .toList())));
    }

    static List<EntryId> ids(List<String> texts, CommandSpec command) {
        return texts.stream().map(text -> id(text, command)).distinct().toList();
    }

    private static EntryId id(String text, CommandSpec command) {
        try {
            return EntryId.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new CommandLine.ParameterException(
                    command.commandLine(),
                    "'" + Escaped.plain(text) + "' is not the id of a letter, such as 1795340206775-0",
                    malformed);
        }
    }
}
