package io.heatwire.ops.cli;

import io.heatwire.ops.ledger.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the record of changes is; all commands that read or write it take it the same way. */
final class LedgerFile {

    private static final String NAME = "ledger.jsonl";
    private static final Path OF_THE_MACHINE = Path.of("/var/lib/heatwire");

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            description = "the ledger; else HEATWIRE_LEDGER, else ledger.jsonl in --state-dir, HEATWIRE_STATE_DIR,"
                    + " STATE_DIRECTORY, /var/lib/heatwire, XDG_STATE_HOME/heatwire or ~/.local/state/heatwire")
    private @Nullable Path asked;

    /** The ledger; empty when nothing says where it is. */
    Optional<Ledger> find(Console console, @Nullable Path stateDirectory) {
        Map<String, String> environment = console.environment();
        Optional<Path> file = Optional.ofNullable(asked)
                .or(() -> named(environment, "HEATWIRE_LEDGER"))
                .or(() -> Optional.ofNullable(stateDirectory).map(LedgerFile::in))
                .or(() -> named(environment, "HEATWIRE_STATE_DIR").map(LedgerFile::in))
                .or(() -> named(environment, "STATE_DIRECTORY").map(LedgerFile::in))
                .or(() -> ofTheMachine(environment))
                .or(() -> named(environment, "XDG_STATE_HOME").map(state -> in(state.resolve("heatwire"))))
                .or(() -> named(environment, "HOME").map(home -> in(home.resolve(".local/state/heatwire"))));
        return file.map(Ledger::new);
    }

    /** A user without a home is no person: a test, or a program that names its ledger. */
    private static Optional<Path> ofTheMachine(Map<String, String> environment) {
        return named(environment, "HOME").isPresent() && Files.isDirectory(OF_THE_MACHINE)
                ? Optional.of(in(OF_THE_MACHINE))
                : Optional.empty();
    }

    private static Path in(Path directory) {
        return directory.resolve(NAME);
    }

    private static Optional<Path> named(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "").split(":", 2)[0];
        return value.isBlank() ? Optional.empty() : Optional.of(Path.of(value));
    }

    /** The ledger, which must be there. */
    Ledger demand(Console console, @Nullable Path stateDirectory, Arguments arguments) {
        return find(console, stateDirectory)
                .orElseThrow(() -> arguments.refusal("say where the ledger is: --ledger FILE"));
    }
}
