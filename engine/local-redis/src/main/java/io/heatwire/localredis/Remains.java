package io.heatwire.localredis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a server leaves behind: its process and its directory. Both are gone once this is closed, and at the latest when this JVM
 * ends, unless it is killed with -9.
 */
final class Remains implements AutoCloseable {

    private static final int DELETE_ATTEMPTS = 40;

    private final Path directory;
    private final Thread atExit = new Thread(this::end, "end of a local redis-server");
    private @Nullable Process process;
    private boolean isOver;

    private Remains(Path directory) {
        this.directory = directory;
    }

    /** A new directory, and no process yet. */
    static Remains inNewDirectory() {
        Remains remains;
        try {
            remains = new Remains(Files.createTempDirectory("heatwire-redis-"));
        } catch (IOException cannotCreate) {
            throw new UncheckedIOException("cannot create a directory for redis-server", cannotCreate);
        }
        try {
            Runtime.getRuntime().addShutdownHook(remains.atExit);
        } catch (IllegalStateException endingAlready) {
            remains.end();
            throw endingAlready;
        }
        return remains;
    }

    Path directory() {
        return directory;
    }

    /**
     * Starts the process, and ends the one before.
     *
     * @throws IllegalStateException when this JVM is ending, or the command cannot be run
     */
    synchronized Process start(List<String> command, Path log) {
        if (isOver) {
            throw new IllegalStateException("not started any more: " + command.get(0));
        }
        kill();
        try {
            process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            return process;
        } catch (IOException cannotRun) {
            throw new IllegalStateException("cannot run " + command.get(0) + ": " + cannotRun.getMessage(), cannotRun);
        }
    }

    /** Ends the process at once, as kill -9 does, and waits until it is gone. */
    synchronized void kill() {
        if (process == null) {
            return;
        }
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void end() {
        isOver = true;
        kill();
        delete();
    }

    /** A child that was saving when its server was killed may still write for a moment. */
    private void delete() {
        for (int attempt = 0; attempt < DELETE_ATTEMPTS && Files.exists(directory); attempt++) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException stillWriting) {
                LocalRedis.pause();
            }
        }
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException endingAnyway) {
            // Then it runs, and finds nothing to do.
        }
    }
}
