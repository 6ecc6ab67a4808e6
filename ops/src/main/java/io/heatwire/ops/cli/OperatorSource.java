package io.heatwire.ops.cli;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.ops.operators.OperatorJars;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where operators come from; all commands that read a wiring take it the same way. */
final class OperatorSource {

    static final String VARIABLE = "HEATWIRE_OPERATORS";

    @Option(
            names = "--operators",
            paramLabel = "DIR",
            description = "a directory of jars with further operators (default: " + VARIABLE + ", else none)")
    private @Nullable Path directory;

    /** The operators that ship, and those of the directory when there is one. */
    List<OperatorSpec> catalog(Console console) {
        Path chosen = directory;
        String variable = console.environment().getOrDefault(VARIABLE, "");
        if (chosen == null && !variable.isEmpty()) {
            chosen = Path.of(variable);
        }
        return chosen == null ? OperatorCatalog.all() : OperatorJars.with(OperatorCatalog.all(), chosen);
    }

    /**
     * Reads wiring files as an engine with these operators would. They are looked for once: a class of another class loader would be
     * another operator.
     *
     * @param only the stages that are to run; empty for all
     */
    Function<Path, WiringResult> loader(Console console, Set<String> only) {
        List<OperatorSpec> catalog = catalog(console);
        return file -> Wiring.load(file, console.environment(), catalog, only);
    }
}
