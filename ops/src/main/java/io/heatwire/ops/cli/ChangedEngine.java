package io.heatwire.ops.cli;

import io.heatwire.ops.edit.ChangeLock;
import io.heatwire.ops.mode.ModeSwitch;
import io.heatwire.ops.state.RunState;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The engine whose wiring is changed, and how patiently; the commands that do so take it the same way. */
final class ChangedEngine {

    @Mixin
    private OperatorSource operators = new OperatorSource();

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "where the engine leaves word; else HEATWIRE_STATE_DIR, RUNTIME_DIRECTORY,"
                    + " XDG_RUNTIME_DIR/heatwire")
    private @Nullable Path stateDirectory;

    @Option(names = "--force", description = "overrule what can be overruled")
    private boolean isForced;

    @Option(
            names = "--force-consumers",
            description =
                    "overrule only that no consumer of what is written can be seen to run: it is on another machine, or"
                            + " has no listener")
    private boolean forcesConsumers;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "how long the engine may take to read the file, in s (${DEFAULT-VALUE})")
    private int waitSeconds = 120;

    @Option(
            names = "--effect",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "how long to wait for the effect to show, in s (${DEFAULT-VALUE})")
    private int effectSeconds = 10;

    @Nullable
    Path stateDirectory() {
        return stateDirectory;
    }

    boolean isForced() {
        return isForced;
    }

    ModeSwitch.Manner manner(boolean onlyLook) {
        return new ModeSwitch.Manner(
                isForced,
                forcesConsumers,
                onlyLook,
                Duration.ofSeconds(waitSeconds),
                Duration.ofSeconds(effectSeconds));
    }

    /** Something to do to the engine. */
    @FunctionalInterface
    interface Work {
        int on(ModeSwitch.Engine engine) throws Exception;
    }

    /** Finds the engine and does this while no other command changes it; says so when it cannot. */
    int change(Console console, Work work) throws Exception {
        if (waitSeconds < 1 || effectSeconds < 0) {
            return complain(console, "--wait must be at least 1, --effect at least 0", Exit.USAGE);
        }
        Optional<Path> directory = StateDirectory.of(stateDirectory, console.environment());
        if (directory.isEmpty()) {
            return complain(
                    console, "say where the engine leaves word: --state-dir DIR, the same as for run", Exit.USAGE);
        }
        Optional<RunState> state = RunState.read(directory.get());
        if (state.isEmpty() || !state.get().isAlive()) {
            return complain(
                    console,
                    state.isEmpty()
                            ? "no engine has left word in " + directory.get()
                            : "the engine with pid " + state.get().pid() + " has ended",
                    Exit.UNAVAILABLE);
        }
        if (!state.get().takesSignals()) {
            return complain(
                    console,
                    "the engine with pid " + state.get().pid()
                            + " was started with SIGHUP ignored and cannot be asked; heatwire reload says more",
                    Exit.UNAVAILABLE);
        }
        console.stop().mayTake(Duration.ofSeconds(3L * (waitSeconds + effectSeconds) + 30));
        Function<Path, WiringResult> loader =
                operators.loader(console, state.get().stages());
        try (ChangeLock lock = ChangeLock.take(directory.get()).orElse(null)) {
            return lock == null
                    ? complain(console, "another command is changing this engine; wait for its end", Exit.TRY_AGAIN)
                    : work.on(new ModeSwitch.Engine(directory.get(), state.get(), loader));
        } catch (IOException refused) {
            return complain(console, "nothing was changed: " + refused.getMessage(), Exit.UNAVAILABLE);
        }
    }

    static int complain(Console console, String what, int exitCode) {
        console.err().println("heatwire: " + what);
        return exitCode;
    }
}
