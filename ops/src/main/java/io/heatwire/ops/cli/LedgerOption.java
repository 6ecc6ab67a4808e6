package io.heatwire.ops.cli;

import io.heatwire.ops.ledger.Ledger;
import io.heatwire.ops.ledger.LedgerException;
import io.heatwire.ops.ledger.Operation;
import io.heatwire.ops.ledger.Who;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a change is recorded; all commands that change something take it the same way. */
final class LedgerOption {

    @Mixin
    private LedgerFile file = new LedgerFile();

    @Option(names = "--why", paramLabel = "TEXT", description = "the reason, for the ledger")
    private @Nullable String reason;

    /** The ledger, which must be there. */
    Ledger demand(Console console, @Nullable Path stateDirectory, Arguments arguments) {
        return file.demand(console, stateDirectory, arguments);
    }

    static Operation operation(Ledger ledger, Console console, String name, String target, @Nullable String why) {
        Who who = Who.here(console.environment());
        return new Operation(ledger, Clock.systemUTC(), who, name, target, why == null ? "" : why);
    }

    /** Records what has been done, as far as there is a ledger; that it cannot be written is said and spoils nothing. */
    void note(
            Console console,
            @Nullable Path stateDirectory,
            String name,
            String target,
            Map<String, String> after,
            String result) {
        file.find(console, stateDirectory).ifPresent(ledger -> {
            try {
                operation(ledger, console, name, target, reason).end(Map.of(), after, List.of(), result);
            } catch (LedgerException unwritten) {
                console.err().println("heatwire: NOT in the ledger: " + unwritten.getMessage());
            }
        });
    }

    /** The reason that was given. */
    @Nullable
    String reason() {
        return reason;
    }

    /** The reason, where the command asks for one. */
    String demandReason(Arguments arguments) {
        if (reason == null || reason.isBlank()) {
            throw arguments.refusal("say why, for the ledger: --why \"24 h of shadow data looked at\"");
        }
        return reason;
    }
}
