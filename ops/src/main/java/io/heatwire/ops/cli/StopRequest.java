package io.heatwire.ops.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request from outside to stop: SIGTERM or SIGINT, or a test. */
final class StopRequest {

    private final CompletableFuture<Void> requested = new CompletableFuture<>();
    private final CompletableFuture<Integer> finished = new CompletableFuture<>();
    private volatile Duration patience = Duration.ofMinutes(2);

    /** Takes the signals from here on: the process ends with the command's own exit code, when it has finished. */
    void onSignals() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndEnd, "heatwire-stop"));
    }

    /** How long the command may take to its end after a signal; then the process ends without it. */
    void mayTake(Duration longest) {
        patience = longest;
    }

    void request() {
        requested.complete(null);
    }

    boolean isRequested() {
        return requested.isDone();
    }

    /** Completes when somebody asks to stop. */
    CompletableFuture<Void> requested() {
        return requested;
    }

    /** The command has come to its end; a signal that waits for it may end the process now. */
    void finish(int exitCode) {
        finished.complete(exitCode);
    }

    private void stopAndEnd() {
        request();
        // Without a halt the JVM would end with 128 + the number of the signal, as if it had not been handled.
        Runtime.getRuntime().halt(exitCode());
    }

    private int exitCode() {
        try {
            return finished.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stuck) {
            return Exit.INTERNAL;
        } catch (InterruptedException | ExecutionException broken) {
            return Exit.INTERNAL;
        }
    }
}
