package io.heatwire.ops.cli;

import io.heatwire.ops.http.JsonText;
import io.heatwire.wiring.shape.WiringSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the schema of wiring files. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Prints the JSON Schema (2020-12) of wiring files, for editors.",
            "An editor with the YAML language server takes it from a first line such as",
            "# yaml-language-server: $schema=heatwire.schema.json"
        },
        footer = {"%nWhat a schema cannot say, such as names that must be declared, is left to heatwire check."})
final class SchemaCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private OperatorSource operators = new OperatorSource();

    SchemaCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().println(JsonText.of(WiringSchema.of(operators.catalog(console))));
        return Exit.OK;
    }
}
