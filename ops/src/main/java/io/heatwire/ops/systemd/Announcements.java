package io.heatwire.ops.systemd;

import io.heatwire.engine.health.Health;
import io.heatwire.engine.health.StageProgress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Announces the service to systemd, in the words of sd_notify. Without {@code NOTIFY_SOCKET} all of this does nothing. */
public final class Announcements {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.systemd");
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final long STATUS_EVERY_MS = 5_000;
    private static final Duration LAST_WORDS_AT_MOST = Duration.ofSeconds(2);

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
    private boolean hadFault;

    /** Reloads are numbered, so that a READY on its way is not taken for that of a later reload. */
    private final AtomicInteger reloads = new AtomicInteger();

    /** The reload whose end has not arrived; 0 for none. systemd would show the service as reloading for ever. */
    private final AtomicInteger unfinished = new AtomicInteger();

    Announcements(Optional<Messages> messages, Optional<Duration> watchdog, Announced announced) {
        this.messages = messages;
        this.watchdog = watchdog;
        this.announced = announced;
        this.lookEvery = watchdog.map(time -> time.dividedBy(3))
                .filter(third -> third.compareTo(LOOK_EVERY) < 0)
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
     * READY when every declared edge is connected, STATUS when it changes, WATCHDOG in a third of its time as long as every stage gets
     * on. What does not arrive is told again. Never ends.
     */
    public Mono<Void> whileItRuns() {
        return messages.map(this::tell).orElse(Mono.never());
    }

    private Mono<Void> tell(Messages to) {
        return Flux.interval(Duration.ZERO, lookEvery)
                .onBackpressureDrop()
                .map(tick -> look(tick * lookEvery.toMillis()))
                .filter(news -> !news.assignments().isEmpty())
                .concatMap(news -> send(to, news), 0)
                .then();
    }

    /** What does not arrive is told again by the next look: one lost ping must not end the engine. */
    private Mono<Boolean> send(Messages to, News news) {
        return to.send(news.assignments()).doOnNext(arrived -> {
            if (arrived) {
                told(news);
            }
        });
    }

    private void told(News news) {
        if (news.isReady()) {
            isReady = true;
        }
        unfinished.compareAndSet(news.reload(), 0);
        if (!news.status().isEmpty()) {
            status = news.status();
            statusAtMs = news.atMs();
        }
        if (news.isAlive()) {
            pingAtMs = news.atMs();
        }
    }

    /** A fault of the look itself is no fault of a stage: it pings all the same, and whether the stages get on is judged apart. */
    private News look(long atMs) {
        boolean isAlive = watchdog.filter(
                        time -> inSpiteOfFaults(() -> getsOn(time, atMs), true) && isPingDue(time, atMs))
                .isPresent();
        return inSpiteOfFaults(() -> found(atMs, isAlive), News.onlyOfLife(atMs, isAlive));
    }

    private <T> T inSpiteOfFaults(Supplier<T> asked, T otherwise) {
        try {
            return asked.get();
        } catch (RuntimeException fault) {
            if (!hadFault) {
                hadFault = true;
                LOG.error("systemd is told less than there is to tell, for a fault of the program itself", fault);
            }
            return otherwise;
        }
    }

    private News found(long atMs, boolean isAlive) {
        Health health = announced.health().get();
        String line = StatusLine.of(health, announced.refusal().get());
        boolean isReadyNow = !isReady && health.ready();
        boolean isLineDue = !line.equals(status) && (isReadyNow || atMs - statusAtMs >= STATUS_EVERY_MS);
        return new News(atMs, isReadyNow, unfinished.get(), isLineDue ? line : "", isAlive);
    }

    /** In a third of the time, so that two may be lost. */
    private boolean isPingDue(Duration time, long atMs) {
        return atMs - pingAtMs >= time.dividedBy(3).toMillis() - lookEvery.toMillis() / 2;
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

    private Mono<Void> announce(Messages to, Mono<Void> reload) {
        Mono<Boolean> begins = Mono.defer(() -> {
            unfinished.set(0);
            return to.send(List.of("RELOADING=1", "MONOTONIC_USEC=" + System.nanoTime() / 1_000));
        });
        return Mono.usingWhen(begins, begun -> reload, begun -> end(to));
    }

    private Mono<Boolean> end(Messages to) {
        return to.send(List.of("READY=1")).doOnNext(arrived -> {
            if (!arrived) {
                unfinished.set(reloads.incrementAndGet());
            }
        });
    }

    /** Announces that the service stops; completes soon, whatever systemd does. */
    public Mono<Void> stopping() {
        return lastWords("STOPPING=1", "STATUS=draining");
    }

    /** Leaves in {@code systemctl status} what came of the drain; completes soon, whatever systemd does. */
    public Mono<Void> stopped(String outcome) {
        return lastWords("STATUS=" + outcome);
    }

    private Mono<Void> lastWords(String... assignments) {
        return messages.map(to -> to.send(List.of(assignments)))
                .orElse(Mono.empty())
                .timeout(LAST_WORDS_AT_MOST, Mono.empty())
                .then();
    }
}
