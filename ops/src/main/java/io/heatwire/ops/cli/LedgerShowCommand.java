package io.heatwire.ops.cli;

import io.heatwire.ops.ledger.Ledger;
import io.heatwire.ops.ledger.LedgerEntry;
import io.heatwire.ops.ledger.LedgerText;
import io.heatwire.ops.trace.Span;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the record of changes. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = "Prints the changes, oldest first. Lines that cannot be read are named on standard error.",
        footer = "%nExit code 0, 1 when a line of the ledger is damaged, 69 when it cannot be read.")
final class LedgerShowCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Mixin
    private LedgerFile ledger = new LedgerFile();

    @Option(names = "--state-dir", paramLabel = "DIR", description = "where the engine leaves word")
    private @Nullable Path stateDirectory;

    @Option(names = "--since", paramLabel = "TIME", description = "only so far back: 90s, 30m, 24h, 7d")
    private @Nullable String since;

    @Option(names = "--json", description = "the lines as they are in the file, beginnings too")
    private boolean json;

    LedgerShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Instant from = since == null ? Instant.EPOCH : Instant.now().minusMillis(ms(since));
        Ledger file = ledger.demand(console, stateDirectory, arguments);
        Ledger.Contents contents = file.read();
        contents.damages().forEach(damage -> console.err().println("heatwire: " + damage));
        List<LedgerEntry> entries = json ? contents.entries() : contents.outcomes();
        List<LedgerEntry> shown =
                entries.stream().filter(entry -> !entry.time().isBefore(from)).toList();
        if (shown.isEmpty() && !json) {
            console.err().println("heatwire: nothing in " + file.file() + (since == null ? "" : " since " + from));
        }
        for (LedgerEntry entry : shown) {
            if (json) {
                console.out().println(LedgerText.json(entry));
            } else {
                LedgerText.lines(entry).forEach(console.out()::println);
            }
        }
        return contents.damages().isEmpty() ? Exit.OK : Exit.PARTLY;
    }

    private long ms(String text) {
        return Span.parse(text)
                .orElseThrow(() -> arguments.refusal("--since takes a number and a unit: 90s, 30m, 24h, 7d"));
    }
}
