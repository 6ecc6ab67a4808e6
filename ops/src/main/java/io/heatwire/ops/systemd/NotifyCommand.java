package io.heatwire.ops.systemd;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Sends by systemd's own program. The JDK has no datagrams to Unix sockets, and a library for them would bring native code. That
 * program waits until systemd has read the message, so systemd still knows whose it is when the program has ended.
 */
final class NotifyCommand implements Messages {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.systemd");
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private final String socket;
    private final AtomicBoolean isDeaf = new AtomicBoolean();

    NotifyCommand(String socket) {
        this.socket = socket;
    }

    @Override
    public Mono<Boolean> send(List<String> assignments) {
        return Mono.fromCallable(() -> start(assignments))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(NotifyCommand::ended)
                .map(this::judged)
                .onErrorResume(failure -> Mono.fromSupplier(() -> notSent(failure.toString())));
    }

    private Process start(List<String> assignments) throws IOException {
        List<String> command = new ArrayList<>(List.of("systemd-notify"));
        command.addAll(assignments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("NOTIFY_SOCKET", socket);
        return builder.start();
    }

    private static Mono<Integer> ended(Process process) {
        return Mono.fromFuture(process.onExit())
                .timeout(AT_MOST)
                .map(Process::exitValue)
                .doOnError(late -> process.destroyForcibly());
    }

    private boolean judged(int exitCode) {
        if (exitCode != 0) {
            return notSent("systemd-notify ended with " + exitCode);
        }
        if (isDeaf.compareAndSet(true, false)) {
            LOG.info("systemd is told again how the service is");
        }
        return true;
    }

    /** Said once, until a message arrives again: what is lost is tried every second. */
    private boolean notSent(String why) {
        if (isDeaf.compareAndSet(false, true)) {
            LOG.warn("systemd is not told how the service is: {}", why);
        }
        return false;
    }
}
