package io.heatwire.ops.cli;

import io.heatwire.ops.state.FactsChange;
import io.heatwire.ops.state.PlanFacts;
import io.heatwire.ops.state.ReloadCall;
import io.heatwire.ops.state.RunState;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has a running engine read its wiring again, and waits for how that ends; or says what it would do. */
@Command(
        name = "reload",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Has the running engine read its wiring file again (SIGHUP), and waits for how that ends.",
            "The file is checked first: refused, the old wiring runs on. Only stages that changed are drained and started again."
        },
        footer = {
            "%nWith --plan nothing is changed: the differences are printed. Passwords, tokens and certificates are not compared.",
            "The engine keeps the environment variables it was started with; --plan takes those of the caller.",
            "%nExit code 0 when what the file says runs, 78 when it is refused, 69 when no engine is found or it takes no signal, 75 when there is no",
            "word of it in time."
        })
final class ReloadCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private OperatorSource operators = new OperatorSource();

    @Mixin
    private LedgerOption ledger = new LedgerOption();

    @Option(names = "--plan", description = "only print what a reload would do")
    private boolean onlyPlan;

    @Option(
            names = {"-w", "--wiring"},
            paramLabel = "FILE",
            description = "with --plan: compare this file, instead of the one the engine was started with")
    private @Nullable Path wiring;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "where the engine leaves word; else HEATWIRE_STATE_DIR, RUNTIME_DIRECTORY,"
                    + " XDG_RUNTIME_DIR/heatwire")
    private @Nullable Path stateDirectory;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "how long to wait for the end, in s (${DEFAULT-VALUE})")
    private int waitSeconds;

    ReloadCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (wiring != null && !onlyPlan) {
            return complain("--wiring goes with --plan: an engine reads the file it was started with", Exit.USAGE);
        }
        Optional<Path> directory = StateDirectory.of(stateDirectory, console.environment());
        if (directory.isEmpty()) {
            return complain("say where the engine leaves word: --state-dir DIR, the same as for run", Exit.USAGE);
        }
        Optional<RunState> state = RunState.read(directory.get());
        if (state.isEmpty()) {
            return complain("no engine has left word in " + directory.get(), Exit.UNAVAILABLE);
        }
        if (onlyPlan) {
            return plan(state.get());
        }
        return ask(directory.get(), state.get());
    }

    private int ask(Path directory, RunState state) throws IOException, InterruptedException {
        if (!state.isAlive()) {
            return complain("the engine with pid " + state.pid() + " has ended", Exit.UNAVAILABLE);
        }
        if (!state.takesSignals()) {
            return complain(
                    "the engine with pid " + state.pid()
                            + " was started with SIGHUP ignored (nohup does so, and trap '' HUP),"
                            + " and cannot be asked: start it again, with setsid instead of nohup",
                    Exit.UNAVAILABLE);
        }
        return reload(directory, state);
    }

    private int plan(RunState state) {
        Path file = wiring == null ? Path.of(state.wiring()) : wiring;
        WiringResult result = operators.loader(console, state.stages()).apply(file);
        console.err().print(result.render());
        console.err().flush();
        if (!(result instanceof WiringResult.Ready ready)) {
            return Exit.CONFIGURATION;
        }
        String ended = state.isAlive() ? "" : ", which has ended";
        console.out().println("against generation " + state.generation() + " of pid " + state.pid() + ended + ":");
        List<String> lines = FactsChange.lines(state.facts(), PlanFacts.of(ready.plan()));
        lines.forEach(console.out()::println);
        return Exit.OK;
    }

    private int reload(Path directory, RunState before) throws IOException, InterruptedException {
        ReloadCall.Answer answer = ReloadCall.ask(directory, before, Duration.ofSeconds(waitSeconds));
        record(before, answer);
        if (answer instanceof ReloadCall.Answer.Word word) {
            return report(word.state(), word.isGood());
        }
        if (answer instanceof ReloadCall.Answer.Ended) {
            return complain("the engine with pid " + before.pid() + " has ended", Exit.UNAVAILABLE);
        }
        return answer instanceof ReloadCall.Answer.NotAsked
                ? complain("pid " + before.pid() + " does not take a signal of this user", Exit.UNAVAILABLE)
                : complain(
                        "no word of pid " + before.pid() + " within " + waitSeconds + " s; its log says more",
                        Exit.TRY_AGAIN);
    }

    private void record(RunState before, ReloadCall.Answer answer) {
        Map<String, String> after = answer instanceof ReloadCall.Answer.Word word
                ? Map.of(
                        "generation",
                        Long.toString(word.state().generation()),
                        "change",
                        word.state().change())
                : Map.of();
        String result = answer instanceof ReloadCall.Answer.Word word
                ? word.isGood() ? "done" : word.state().outcome()
                : "unconfirmed";
        ledger.note(console, stateDirectory, "reload", before.wiring(), after, result);
    }

    private int report(RunState state, boolean isGood) {
        console.err().print(state.findings());
        console.err().flush();
        String line = "generation " + state.generation() + (isGood ? ": " : " runs on: ") + state.change();
        if (isGood) {
            console.out().println(line);
            return Exit.OK;
        }
        return complain(state.outcome().replace('_', ' ') + ", " + line, Exit.CONFIGURATION);
    }

    private int complain(String what, int exitCode) {
        console.err().println("heatwire: " + what);
        return exitCode;
    }
}
