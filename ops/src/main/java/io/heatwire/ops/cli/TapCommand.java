package io.heatwire.ops.cli;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.look.StreamFacts;
import io.heatwire.ops.tap.Match;
import io.heatwire.ops.tap.Tap;
import io.heatwire.ops.tap.TapCounts;
import io.heatwire.ops.tap.TapRules;
import io.heatwire.wiring.WiringResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows the entries of a stream, or of all streams of a stage. */
@Command(
        name = "tap",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Follows the entries of a stream, or of a stage: what it reads and what it writes.",
            "Reads without any group: no consumer misses an entry, nothing becomes pending, no lag changes. Values of fields"
                    + " named like a password or token are hidden, long ones cut, and what could do harm in a terminal escaped."
        },
        footer = "%nCtrl-C ends it with a line of counts and exit code 0.")
final class TapCommand implements Callable<Integer> {

    private static final long LONGEST_WAIT_MS = 500;
    private static final int HIGHEST_RATE = 100_000;
    private static final Duration LAST_LINE = Duration.ofSeconds(10);

    enum Format {
        text,
        json
    }

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Mixin
    private WiringOption wiring = new WiringOption();

    @Parameters(paramLabel = "STREAM|STAGE", description = "name or key of a stream, or name of a stage")
    @SuppressWarnings("NullAway.Init")
    private String target;

    @Option(
            names = "--match",
            paramLabel = "FIELD=VALUE",
            description = "only entries with exactly this field; several must all be there")
    private List<String> matches = new ArrayList<>();

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "20",
            description = "show at most N a second (${DEFAULT-VALUE}); how many were skipped is said")
    private int rate;

    @Option(names = "--count", paramLabel = "N", defaultValue = "0", description = "end after N shown; 0 for no end")
    private long count;

    @Option(
            names = "--from",
            paramLabel = "ID|$|-",
            defaultValue = "$",
            description = "begin with this entry, with what comes from now on ($, the default), or with the oldest (-);"
                    + " what is there already is shown at --rate, none skipped")
    private String from = "$";

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "${COMPLETION-CANDIDATES}")
    private Format format = Format.text;

    TapCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (rate < 1 || rate > HIGHEST_RATE) {
            throw arguments.refusal("--rate must be 1 to " + HIGHEST_RATE);
        }
        if (count < 0) {
            throw arguments.refusal("--count must be 0 or more");
        }
        TapStart start = TapStart.parse(from)
                .orElseThrow(
                        () -> arguments.refusal(
                                "--from takes the id of an entry such as 1795340206775-0, $ for what comes from now on, or - for all"));
        List<Match> wanted = matches.stream().map(this::match).toList();
        return wiring.open(console, (ready, desk) -> tap(ready, desk, start, wanted));
    }

    private Match match(String text) {
        try {
            return Match.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw arguments.refusal("--match takes FIELD=VALUE, for example plan_id=6770d48102f2bcb1", malformed);
        }
    }

    private int tap(WiringResult.Ready ready, DeadDesk desk, TapStart start, List<Match> wanted) {
        Map<String, String> streams = new TapTarget(ready.graph()).streams(target, arguments);
        BrokerView view = new BrokerView(desk);
        Map<String, EntryId> positions = new LinkedHashMap<>();
        streams.keySet()
                .forEach(key -> positions.put(
                        key,
                        start.after(
                                () -> view.stream(key).map(StreamFacts::last).orElse(EntryId.ZERO))));
        long waitMs = Math.max(
                1, Math.min(LONGEST_WAIT_MS, ready.plan().engine().redis().commandTimeoutMs() / 2));
        TapRules rules = new TapRules(streams, wanted, rate, count, waitMs);
        TapScreen screen = new TapScreen(console, format == Format.json, List.copyOf(streams.values()));
        console.stop().mayTake(LAST_LINE);
        console.err().println("following " + String.join(", ", streams.values()));
        try {
            TapCounts counts = new Tap(view, rules, screen, new TapEnding(console.stop()), TapCommand::monotonicMs)
                    .follow(positions, start.isPast());
            console.err().println(counts.line());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return Exit.OK;
    }

    private static long monotonicMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
