package io.heatwire.ops.cli;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.ops.ask.EngineListeners;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The wiring that a command looks at; all of them take it the same way. */
final class WiringOption {

    @Option(
            names = {"-w", "--wiring"},
            required = true,
            paramLabel = "FILE",
            description = "the wiring file: it names the stages and their Redis")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Mixin
    private OperatorSource operators = new OperatorSource();

    private List<OperatorSpec> catalog = List.of();

    Path file() {
        return file;
    }

    /** Loads the wiring for this work; says what is wrong when it is refused. */
    int load(Console console, ToIntFunction<WiringResult.Ready> work) {
        catalog = operators.catalog(console);
        WiringResult result = Wiring.load(file, console.environment(), catalog, Set.of());
        if (result instanceof WiringResult.Ready ready) {
            return work.applyAsInt(ready);
        }
        console.err().print(result.render());
        console.err().flush();
        return Exit.CONFIGURATION;
    }

    /** Where the engines of the loaded wiring answer. */
    EngineListeners listeners(Console console, WiringResult.Ready ready) {
        return UnitListeners.of(ready, file, console.environment(), catalog);
    }

    /** Loads the wiring and connects for this work. */
    int open(Console console, ToIntBiFunction<WiringResult.Ready, DeadDesk> work) {
        return load(console, ready -> {
            try (DeadDesk desk = DeadDesk.open(ready.plan().engine())) {
                return work.applyAsInt(ready, desk);
            }
        });
    }

    /**
     * Reads the wiring anew each time it is asked.
     *
     * @param only the stages that are to run; empty for all
     */
    Supplier<WiringResult> reader(Console console, Set<String> only) {
        Function<Path, WiringResult> loader = operators.loader(console, only);
        return () -> loader.apply(file);
    }
}
