package io.heatwire.ops.cli;

import io.heatwire.ops.demo.report.Scrape;
import io.heatwire.ops.status.Listeners;
import io.heatwire.ops.status.MetricsCall;
import io.heatwire.ops.status.NoAnswerException;
import io.heatwire.ops.trace.Span;
import io.heatwire.ops.tune.Advice;
import io.heatwire.ops.tune.LateFigures;
import io.heatwire.ops.tune.Tuner;
import io.heatwire.ops.tune.TuningRules;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.graph.StageWire;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says which setting of a late observer to change. */
@Command(
        name = "tune",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Looks twice at the metrics of the running engine and says which setting of its late observers to change to what: for"
                    + " drops max_inflight; max_wait_ms only when nothing is dropped; nothing while Redis"
                    + " fails. Changes nothing."
        },
        footer = "%nExit code 0 when nothing has to be done, 1 when something has, 69 when the engine does not answer.")
final class TuneCommand implements Callable<Integer> {

    private static final long MOST_MS = 3_600_000;

    private final Console console;

    @Mixin
    private Arguments arguments = new Arguments();

    @Mixin
    private WiringOption wiring = new WiringOption();

    @Option(
            names = "--over",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "the time between the two looks, 1s to 1h (${DEFAULT-VALUE})")
    private String over = "10s";

    @Option(names = "--total", description = "look once, at the counts since the engine started")
    private boolean isTotal;

    TuneCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        long overMs = Span.parse(over)
                .filter(ms -> ms >= 1_000 && ms <= MOST_MS)
                .orElseThrow(() -> arguments.refusal("--over takes 1s to 1h, for example 10s"));
        return wiring.load(console, ready -> tune(ready, isTotal ? 0 : overMs));
    }

    private int tune(WiringResult.Ready ready, long overMs) {
        Tuner tuner = new Tuner(ready);
        if (tuner.observers().isEmpty()) {
            console.out().println("no late observer is switched on in " + wiring.file() + ": nothing to tune");
            return Exit.OK;
        }
        String first = tuner.observers().get(0).name().text();
        Optional<MetricsCall> call = Listeners.metricsAround(ready.plan(), first);
        if (call.isEmpty()) {
            return ChangedEngine.complain(
                    console, "no listener of " + wiring.file() + " serves the metrics of " + first, Exit.CONFIGURATION);
        }
        try {
            return look(tuner, call.get(), overMs);
        } catch (NoAnswerException | IllegalArgumentException none) {
            return ChangedEngine.complain(console, String.valueOf(none.getMessage()), Exit.UNAVAILABLE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Exit.INTERNAL;
        }
    }

    private int look(Tuner tuner, MetricsCall call, long overMs) throws NoAnswerException, InterruptedException {
        @Nullable Scrape before = null;
        long beganNs = System.nanoTime();
        if (overMs > 0) {
            before = Scrape.parse(call.ask());
            pause(overMs);
        }
        Scrape now = Scrape.parse(call.ask());
        double seconds = (System.nanoTime() - beganNs) / 1e9;
        boolean isCalm = true;
        for (StageWire stage : tuner.observers()) {
            isCalm &= say(tuner, stage, tuner.figures(stage, before, now, seconds));
        }
        if (before != null) {
            tuner.fallingBehind(before, now).forEach(console.out()::println);
        }
        return isCalm ? Exit.OK : Exit.PARTLY;
    }

    private boolean say(Tuner tuner, StageWire stage, LateFigures figures) {
        Advice advice = TuningRules.of(figures);
        String name = stage.name().text();
        console.out().println(name + " " + figures.shown());
        if (advice.isChange()) {
            console.out().println("  " + advice.setting() + ": " + advice.from() + " -> " + advice.to());
            console.out().println("  because " + advice.why());
            console.out().println("  where: " + tuner.where(stage, advice.setting()) + "; then heatwire reload");
        } else {
            console.out().println("  " + advice.why());
        }
        return advice.isCalm();
    }

    /** Ends early when somebody asks to stop. */
    private void pause(long ms) throws InterruptedException {
        try {
            console.stop().requested().get(ms, TimeUnit.MILLISECONDS);
        } catch (TimeoutException nobodyAsked) {
            return;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
