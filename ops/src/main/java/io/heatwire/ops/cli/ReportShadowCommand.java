package io.heatwire.ops.cli;

import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.shadow.ShadowData;
import io.heatwire.ops.shadow.ShadowFigures;
import io.heatwire.ops.shadow.ShadowHtml;
import io.heatwire.ops.shadow.ShadowText;
import io.heatwire.ops.trace.Span;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what a portfolio heat gate in shadow would have done, and whether that is enough to let it. */
@Command(
        name = "shadow",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "What the portfolio heat gate would have done in enforce mode: how often it would have downgraded, the heat, the time"
                    + " in each bucket, the actions; and GO or HOLD by criteria, each with its figure.",
            "Reads the stream the gate writes, counts the one it reads, and changes nothing."
        },
        footer = "%nExit code 0 for GO, 1 for HOLD.")
final class ReportShadowCommand implements Callable<Integer> {

    private static final String OPERATOR = "portfolio_heat_gate";
    private static final long HOUR_MS = 3_600_000;
    private static final long MOST_MS = 31L * 24 * HOUR_MS;

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Mixin
    private WiringOption wiring = new WiringOption();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = "how far back to look, 1h to 31d (${DEFAULT-VALUE})")
    private String since = "24h";

    @Option(names = "--stage", paramLabel = "STAGE", description = "which gate, when the wiring has several")
    private @Nullable String stage;

    @Option(names = "--html", paramLabel = "FILE", description = "also write the report as one page of HTML")
    private @Nullable Path html;

    ReportShadowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        long sinceMs = Span.parse(since)
                .filter(ms -> ms >= HOUR_MS && ms <= MOST_MS)
                .orElseThrow(() -> arguments.refusal("--since takes 1h to 31d, for example 24h"));
        return wiring.open(console, (ready, desk) -> report(ready, desk, sinceMs));
    }

    private int report(WiringResult.Ready ready, DeadDesk desk, long sinceMs) {
        List<StagePlan> gates = ready.plan().engine().stages().stream()
                .filter(each -> each.spec().name().equals(OPERATOR))
                .filter(each -> stage == null || each.name().equals(stage))
                .toList();
        Optional<String> stream =
                gates.size() == 1 ? Optional.ofNullable(gates.get(0).streams().get("calibrated")) : Optional.empty();
        if (stream.isEmpty()) {
            return ChangedEngine.complain(
                    console,
                    gates.size() > 1
                            ? "which of " + gates.stream().map(StagePlan::name).toList() + "? --stage STAGE"
                            : "no stage of " + wiring.file() + " with the operator " + OPERATOR + " is switched on",
                    Exit.USAGE);
        }
        String name = gates.get(0).name();
        Optional<String> proposals = gates.get(0).source() instanceof SourcePlan.FromStream source
                ? Optional.of(source.key())
                : Optional.empty();
        ShadowFigures figures =
                new ShadowFigures(ShadowData.read(new BrokerView(desk), stream.get(), proposals, sinceMs));
        ShadowText.print(name, figures, console.out());
        return written(name, figures) ? figures.isGo() ? Exit.OK : Exit.PARTLY : Exit.UNAVAILABLE;
    }

    private boolean written(String name, ShadowFigures figures) {
        if (html == null) {
            return true;
        }
        try {
            Files.writeString(html, ShadowHtml.of(name, figures));
            console.err().println("wrote " + html);
            return true;
        } catch (IOException refused) {
            console.err().println("heatwire: " + html + " cannot be written: " + refused);
            return false;
        }
    }
}
