package io.heatwire.ops.systemd;

import io.heatwire.engine.health.Health;
import io.heatwire.engine.health.StageProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Announces the service to systemd, in the words of sd_notify. Without {@code NOTIFY_SOCKET} all of this does nothing. */
public final class Announcements {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.systemd");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final long STATUS_EVERY_MS = 5_000;
    private static final Duration STOPPING_AT_MOST = Duration.ofSeconds(2);

    private final Optional<Messages> messages;
    private final Optional<Duration> watchdog;
    private final Announced announced;
    private final StandStill standStill = new StandStill();
    private final Duration lookEvery;
    private volatile boolean isReady;
    private String status = "";
    private long statusAtMs = -STATUS_EVERY_MS;
    private long pingAtMs = Long.MIN_VALUE / 2;
    private boolean isStuck;

    Announcements(Optional<Messages> messages, Optional<Duration> watchdog, Announced announced) {
        this.messages = messages;
        this.watchdog = watchdog;
        this.announced = announced;
        this.lookEvery = watchdog.map(time -> time.dividedBy(2))
                .filter(half -> half.compareTo(LOOK_EVERY) < 0)
                .orElse(LOOK_EVERY);
    }

    /** Announcements as the environment asks for them. */
    public static Announcements of(Map<String, String> environment, Announced announced) {
        String socket = environment.getOrDefault("NOTIFY_SOCKET", "");
        return socket.isEmpty()
                ? new Announcements(Optional.empty(), Optional.empty(), announced)
                : new Announcements(Optional.of(new NotifyCommand(socket)), WatchdogTime.of(environment), announced);
    }

    /**
     * READY when every declared edge is connected, STATUS when it changes, WATCHDOG in half its time as long as every stage gets on.
     * Never ends.
     */
    public Mono<Void> whileItRuns() {
        return messages.map(this::tell).orElse(Mono.never());
    }

    private Mono<Void> tell(Messages to) {
        return Flux.interval(Duration.ZERO, lookEvery)
                .onBackpressureDrop()
                .map(tick -> due(tick * lookEvery.toMillis()))
                .filter(assignments -> !assignments.isEmpty())
                .concatMap(to::send, 0)
                .then();
    }

    private List<String> due(long atMs) {
        Health health = announced.health().get();
        List<String> assignments = new ArrayList<>();
        String line = StatusLine.of(health, announced.refusal().get());
        if (!isReady && health.ready()) {
            isReady = true;
            assignments.add("READY=1");
            statusAtMs = atMs - STATUS_EVERY_MS;
        }
        if (!line.equals(status) && atMs - statusAtMs >= STATUS_EVERY_MS) {
            status = line;
            statusAtMs = atMs;
            assignments.add("STATUS=" + line);
        }
        watchdog.filter(time -> isPingDue(time, atMs)).ifPresent(time -> {
            pingAtMs = atMs;
            assignments.add("WATCHDOG=1");
        });
        return assignments;
    }

    private boolean isPingDue(Duration time, long atMs) {
        return getsOn(time, atMs) && atMs - pingAtMs >= time.dividedBy(2).toMillis() - lookEvery.toMillis() / 2;
    }

    /** A command to Redis that is still within its time is no standing still, however short the watchdog's time is. */
    private boolean getsOn(Duration time, long atMs) {
        long answerMs = announced.longestAnswer().get().multipliedBy(2).toMillis();
        long limitMs = Math.max(time.toMillis(), answerMs);
        Optional<StageProgress> stuck =
                standStill.longerThan(limitMs, announced.progress().get(), atMs);
        stuck.filter(stage -> !isStuck)
                .ifPresent(stage -> LOG.error(
                        "stage {} has {} entries in hand and has made no step for {} ms: systemd is no longer told that all is"
                                + " well, and will start the service again",
                        stage.stage(),
                        stage.inFlight(),
                        limitMs));
        if (isStuck && stuck.isEmpty()) {
            LOG.info("every stage gets on again");
        }
        isStuck = stuck.isPresent();
        return !isStuck;
    }

    /** Announces the beginning and the end of a reload, whatever comes of it. */
    public Mono<Void> around(Mono<Void> reload) {
        // Of a service that is not ready yet, the READY at the end would be untrue.
        return Mono.defer(
                () -> isReady ? messages.map(to -> announce(to, reload)).orElse(reload) : reload);
    }

    private static Mono<Void> announce(Messages to, Mono<Void> reload) {
        Mono<Boolean> begins = Mono.defer(
                        () -> to.send(List.of("RELOADING=1", "MONOTONIC_USEC=" + System.nanoTime() / 1_000)))
                .thenReturn(true);
        return Mono.usingWhen(begins, begun -> reload, begun -> to.send(List.of("READY=1")));
    }

    /** Announces that the service stops; completes soon, whatever systemd does. */
    public Mono<Void> stopping() {
        return messages.map(to -> to.send(List.of("STOPPING=1", "STATUS=draining")))
                .orElse(Mono.empty())
                .timeout(STOPPING_AT_MOST, Mono.empty());
    }
}
