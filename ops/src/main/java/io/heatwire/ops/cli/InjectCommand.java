package io.heatwire.ops.cli;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.inject.Appender;
import io.heatwire.ops.inject.Fill;
import io.heatwire.ops.inject.JsonLines;
import io.heatwire.ops.inject.StreamContract;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.problem.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives a declared stream entries by hand. */
@Command(
        name = "inject",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Appends entries to a stream of the wiring and prints their ids. Everybody who reads the stream is given them.",
            "First it holds every entry against what the wiring says of the stream: what its readers need, what its writers write."
                    + " A stream at its cap is never given more."
        },
        footer =
                "%nExit code 0, 1 when an entry was refused by the wiring or the stream is full, 69 when Redis does not do it.")
final class InjectCommand implements Callable<Integer> {

    private static final int MOST_BYTES = 64_000_000;

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Mixin
    private WiringOption wiring = new WiringOption();

    @Parameters(index = "0", paramLabel = "STREAM", description = "name or key of a declared stream")
    @SuppressWarnings("NullAway.Init")
    private String target;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "FIELD=VALUE", description = "the fields of one entry")
    private List<String> pairs = new ArrayList<>();

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description = "entries from a file instead: in each line one flat JSON object")
    private @Nullable Path file;

    @Option(
            names = "--fill",
            description =
                    "add what the stream has and the entry lacks of: plan_id, trace_id (new ones), ts_epoch, timestamp,"
                            + " ts, last_update_epoch, computed_at_utc, ts_utc (now)")
    private boolean fill;

    @Option(names = "--force", description = "append in spite of what the wiring says of the fields")
    private boolean force;

    InjectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Map<String, String>> entries = entries();
        return wiring.open(console, (ready, desk) -> inject(ready, desk, entries));
    }

    private List<Map<String, String>> entries() {
        if ((file == null) == pairs.isEmpty()) {
            throw arguments.refusal("give either FIELD=VALUE of one entry, or --file");
        }
        if (file == null) {
            Map<String, String> entry = new LinkedHashMap<>();
            pairs.forEach(pair -> {
                int equals = pair.indexOf('=');
                if (equals < 1) {
                    throw arguments.refusal(
                            "'" + Escaped.plain(pair) + "' is not FIELD=VALUE, for example symbol=BTCUSDT");
                }
                entry.put(pair.substring(0, equals), pair.substring(equals + 1));
            });
            return List.of(entry);
        }
        return lines(file);
    }

    private List<Map<String, String>> lines(Path from) {
        try {
            if (Files.size(from) > MOST_BYTES) {
                throw arguments.refusal("--file: " + from + " is larger than " + MOST_BYTES + " bytes; split it");
            }
            return JsonLines.read(Files.readAllLines(from));
        } catch (IOException unreadable) {
            throw arguments.refusal("--file: cannot read " + from + " as UTF-8 text", unreadable);
        } catch (IllegalArgumentException malformed) {
            throw arguments.refusal("--file: " + Escaped.plain(String.valueOf(malformed.getMessage())), malformed);
        }
    }

    private int inject(WiringResult.Ready ready, DeadDesk desk, List<Map<String, String>> given) {
        StreamWire stream = ready.graph().stream(target)
                .orElseThrow(() -> arguments.refusal(
                        "no stream '" + Escaped.plain(target) + "' in this wiring; "
                                + Nearest.advice(
                                        target,
                                        ready.graph().streams().stream()
                                                .map(each -> each.name().text())
                                                .toList()),
                        null));
        StreamContract contract = StreamContract.of(ready.graph(), stream);
        long nowMs = new BrokerView(desk).nowMs();
        List<Map<String, String>> entries = given.stream()
                .map(entry -> fill ? Fill.of(contract, entry, nowMs) : entry)
                .toList();
        return isRefused(stream, contract, entries) ? Exit.PARTLY : append(stream, desk, entries);
    }

    /** All of them are looked at before the first is appended. */
    private boolean isRefused(StreamWire stream, StreamContract contract, List<Map<String, String>> entries) {
        boolean isRefused = false;
        for (int i = 0; i < entries.size(); i++) {
            List<String> problems = new ArrayList<>(force ? List.of() : contract.problems(entries.get(i)));
            if (entries.get(i).size() > Appender.MOST_FIELDS) {
                problems.add("it has more than " + Appender.MOST_FIELDS + " fields");
            }
            String which = entries.size() == 1 ? "" : "entry " + (i + 1) + ": ";
            problems.forEach(problem -> console.err().println("heatwire: " + which + Escaped.plain(problem)));
            isRefused |= !problems.isEmpty();
        }
        if (isRefused) {
            console.err()
                    .println("heatwire: nothing was appended to "
                            + stream.name().text() + "; mend the fields, or append all the same with --force");
        }
        return isRefused;
    }

    private int append(StreamWire stream, DeadDesk desk, List<Map<String, String>> entries) {
        Appender appender = new Appender(desk);
        for (int i = 0; i < entries.size(); i++) {
            Optional<EntryId> id = appender.append(stream, entries.get(i));
            if (id.isEmpty()) {
                console.err()
                        .println("heatwire: " + stream.name().text() + " is at its cap; appended " + i + " of "
                                + entries.size());
                return Exit.PARTLY;
            }
            console.out().println(id.get());
        }
        return Exit.OK;
    }
}
