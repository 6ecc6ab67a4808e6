package io.heatwire.ops.state;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Has a running engine read its wiring again, and waits for how that ends. */
public final class ReloadCall {

    private ReloadCall() {}

    /** How it ended. */
    public sealed interface Answer {

        /** The engine has left word. */
        record Word(RunState state) implements Answer {

            /** Whether what the file says is what runs. */
            public boolean isGood() {
                return state.outcome().equals("accepted") || state.outcome().equals("unchanged");
            }
        }

        /** The engine takes no signal of this user. */
        record NotAsked() implements Answer {}

        /** The engine has ended. */
        record Ended() implements Answer {}

        /** The engine runs and has left no word in time. */
        record Silence() implements Answer {}
    }

    /**
     * Asks, and waits.
     *
     * @param directory where the engine leaves word
     * @param before what it has left there
     */
    public static Answer ask(Path directory, RunState before, Duration atMost)
            throws IOException, InterruptedException {
        long askedAtMs = System.currentTimeMillis();
        if (!signal(before.pid())) {
            return before.isAlive() ? new Answer.NotAsked() : new Answer.Ended();
        }
        return Repeatedly.until(atMost, () -> answer(directory, before, askedAtMs))
                .orElseGet(Answer.Silence::new);
    }

    private static Optional<Answer> answer(Path directory, RunState before, long askedAtMs) throws IOException {
        Optional<RunState> word = RunState.read(directory)
                .filter(state -> state.pid() == before.pid() && state.loadedAtMs() >= askedAtMs);
        if (!before.isAlive()) {
            return Optional.of(new Answer.Ended());
        }
        return word.map(Answer.Word::new);
    }

    /** The JDK can only end other processes; every shell can do this. */
    private static boolean signal(long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -HUP " + pid)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return kill.waitFor(10, TimeUnit.SECONDS) && kill.exitValue() == 0;
    }
}
