package io.heatwire.ops.cli;

import io.heatwire.ops.ask.EngineListeners;
import io.heatwire.ops.ask.Gathered;
import io.heatwire.ops.ask.Scrape;
import io.heatwire.ops.trace.Span;
import io.heatwire.ops.tune.Advice;
import io.heatwire.ops.tune.LateFigures;
import io.heatwire.ops.tune.Tuner;
import io.heatwire.ops.tune.TuningRules;
import io.heatwire.wiring.Serves;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.graph.StageWire;
import java.util.List;
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
        EngineListeners listeners = wiring.listeners(console, ready);
        Optional<String> unserved = tuner.observers().stream()
                .map(stage -> stage.name().text())
                .filter(name -> !listeners.serves(name, Serves.METRICS))
                .findFirst();
        if (unserved.isPresent()) {
            return ChangedEngine.complain(
                    console,
                    "no listener of " + wiring.file() + " serves the metrics of " + unserved.get(),
                    Exit.CONFIGURATION);
        }
        try {
            return look(tuner, listeners, overMs);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Exit.INTERNAL;
        }
    }

    private int look(Tuner tuner, EngineListeners listeners, long overMs) throws InterruptedException {
        @Nullable Gathered<Scrape> before = null;
        long beganNs = System.nanoTime();
        if (overMs > 0) {
            before = listeners.metrics(tuner.stages());
            if (!before.isOf(observers(tuner))) {
                return silent(tuner, before);
            }
            pause(overMs);
        }
        Gathered<Scrape> now = listeners.metrics(tuner.stages());
        if (!now.isOf(observers(tuner))) {
            return silent(tuner, now);
        }
        double seconds = (System.nanoTime() - beganNs) / 1e9;
        return say(tuner, before, now, seconds);
    }

    private static List<String> observers(Tuner tuner) {
        return tuner.observers().stream().map(stage -> stage.name().text()).toList();
    }

    private int silent(Tuner tuner, Gathered<Scrape> answers) {
        observers(tuner).stream()
                .filter(answers.silent()::containsKey)
                .forEach(name -> console.err()
                        .println("heatwire: metrics of " + name + ": "
                                + answers.silent().get(name)));
        return Exit.UNAVAILABLE;
    }

    private int say(Tuner tuner, @Nullable Gathered<Scrape> first, Gathered<Scrape> second, double seconds) {
        @Nullable Scrape before = first == null ? null : Scrape.together(first.all());
        Scrape now = Scrape.together(second.all());
        boolean isCalm = true;
        for (StageWire stage : tuner.observers()) {
            isCalm &= say(tuner, stage, tuner.figures(stage, before, now, seconds));
        }
        if (before != null) {
            tuner.fallingBehind(before, now).forEach(console.out()::println);
        }
        second.silent().forEach((name, why) -> console.out().println("lag of " + name + " is not known: " + why));
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
