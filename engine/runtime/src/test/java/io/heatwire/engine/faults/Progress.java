package io.heatwire.engine.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Says after each run how it went, in the file that {@code ops/bin/heatwire-faults} shows; without one it says nothing. */
final class Progress {

    private static final String FILE = System.getProperty("heatwire.faults.progress", "");
    private static final int RUNS = Integer.getInteger("heatwire.faults.runs", 0);
    private static final AtomicInteger OVER = new AtomicInteger();

    private Progress() {}

    /** A run is over that began then. */
    static void over(Trial trial, String outcome, long beganAtNanos) {
        long seconds = (System.nanoTime() - beganAtNanos) / 1_000_000_000;
        String count = OVER.incrementAndGet() + (RUNS > 0 ? " of " + RUNS : "");
        say(count + "  " + trial.name() + ", " + outcome + ", " + seconds + " s");
    }

    static synchronized void say(String what) {
        if (FILE.isEmpty()) {
            return;
        }
        String line = LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + "  "
                + what.lines().findFirst().orElse("") + "\n";
        try {
            Files.writeString(Path.of(FILE), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
