package io.heatwire.ops.cli;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.dead.Escaped;
import io.heatwire.wiring.problem.Nearest;
import java.util.List;
import java.util.function.ToIntBiFunction;
import picocli.CommandLine.Mixin;

/** The wiring whose dead letters a command is about; all of them take it the same way. */
final class DeadWiring {

    @Mixin
    private WiringOption wiring = new WiringOption();

    /** Loads the wiring and connects for this work; says what is wrong when the wiring is refused. */
    int open(Console console, ToIntBiFunction<EnginePlan, DeadDesk> work) {
        return wiring.open(
                console, (ready, desk) -> work.applyAsInt(ready.plan().engine(), desk));
    }

    StagePlan stage(EnginePlan plan, String name, Arguments arguments) {
        return plan.stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> arguments.refusal("no stage '" + Escaped.plain(name) + "' is switched on in "
                        + wiring.file() + "; "
                        + Nearest.advice(
                                name,
                                plan.stages().stream().map(StagePlan::name).toList())));
    }

    static List<EntryId> ids(List<String> texts, Arguments arguments) {
        return texts.stream().map(text -> id(text, arguments)).distinct().toList();
    }

    private static EntryId id(String text, Arguments arguments) {
        try {
            return EntryId.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw arguments.refusal(
                    "'" + Escaped.plain(text) + "' is not the id of a letter, such as 1795340206775-0", malformed);
        }
    }
}
