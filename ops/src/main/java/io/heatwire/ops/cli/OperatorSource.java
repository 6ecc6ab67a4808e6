package io.heatwire.ops.cli;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.ops.operators.OperatorJars;
import java.nio.file.Path;
import java.util.List;
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
}
