package io.heatwire.ops.cli;

import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.trace.Span;
import io.heatwire.ops.trace.Trace;
import io.heatwire.ops.trace.TraceRequest;
import io.heatwire.wiring.WiringResult;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What became of one correlation id. */
@Command(
        name = "trace",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Shows what became of one id: a timeline over every declared stream, the keys it is part of, dead letters, and where"
                    + " each stage stands with it; then where it broke off and whose turn it was.",
            "Works after the fact, from Redis alone, and changes nothing."
        },
        footer = "%nExit code 0 when it is complete, 1 when it broke off or nothing is known of it.")
final class TraceCommand implements Callable<Integer> {

    private static final int HIGHEST_SCAN = 10_000_000;

    /** What the JDK puts in the place of bytes it cannot read. */
    private static final char UNREADABLE = '\ufffd';

    enum Format {
        text,
        json
    }

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Mixin
    private WiringOption wiring = new WiringOption();

    @Parameters(paramLabel = "ID", description = "the id, for example that of a plan")
    @SuppressWarnings("NullAway.Init")
    private String id;

    @Option(
            names = "--field",
            paramLabel = "NAME",
            defaultValue = "plan_id",
            description = "the field and template variable that holds the id (${DEFAULT-VALUE})")
    private String field = "plan_id";

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "how far back to look: 90s, 30m, 24h, 7d (${DEFAULT-VALUE})")
    private String since = "24h";

    @Option(
            names = "--scan",
            paramLabel = "N",
            defaultValue = "20000",
            description =
                    "how many of the newest entries of each stream to look at (${DEFAULT-VALUE}); it says where it stopped")
    private int scan;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "${COMPLETION-CANDIDATES}")
    private Format format = Format.text;

    TraceCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        long sinceMs = Span.parse(since)
                .filter(ms -> ms > 0)
                .orElseThrow(() -> arguments.refusal("--since takes a number and a unit: 90s, 30m, 24h, 7d"));
        if (scan < 1 || scan > HIGHEST_SCAN) {
            throw arguments.refusal("--scan must be 1 to " + HIGHEST_SCAN);
        }
        if (id.isEmpty() || field.isEmpty()) {
            throw arguments.refusal("the id and the name of its field must not be empty");
        }
        if (id.indexOf(UNREADABLE) >= 0 || field.indexOf(UNREADABLE) >= 0) {
            throw arguments.refusal(
                    "the id, or the name of its field, did not arrive as text: it is not UTF-8, or this terminal is not"
                            + " (try LC_ALL=C.UTF-8). An entry that is not UTF-8 becomes a dead letter: heatwire dead ls");
        }
        TraceRequest request = new TraceRequest(field, id, sinceMs, scan);
        return wiring.open(console, (ready, desk) -> trace(ready, desk, request));
    }

    private int trace(WiringResult.Ready ready, DeadDesk desk, TraceRequest request) {
        Trace trace =
                Trace.read(new BrokerView(desk), ready.graph(), ready.plan().engine(), request);
        if (format == Format.json) {
            console.out().println(trace.json());
        } else {
            trace.print(console.out());
        }
        return trace.verdict().isComplete() ? Exit.OK : Exit.PARTLY;
    }
}
