package io.heatwire.engine.watch;

import io.heatwire.engine.health.Flow;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.stage.StageRunner;
import io.heatwire.engine.time.RedisClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * Once a second: the clock of Redis, how far each stage is behind, what was lost, dead letters, trimming, and the edges between
 * them. A stream in which a commit finds no room is trimmed at once, else no more than its cap could flow through it in a second.
 */
public final class BrokerWatch {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.broker_watch");
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** A commit that waits for a slow reader asks again and again, and so may several: room is made no more often than this. */
    private static final Duration ROOM_EVERY = Duration.ofMillis(50);

    private final Supplier<Mono<ControlLink>> links;
    private final MeterBook book;
    private final RedisClock clock;
    private final Complaints complaints = new Complaints();
    private final Set<String> full = ConcurrentHashMap.newKeySet();
    private final Sinks.Many<String> roomWanted = Sinks.many().multicast().directBestEffort();
    private volatile Watched watched;

    /**
     * A watch over nothing yet.
     *
     * @param links asked anew for each connection
     */
    public BrokerWatch(Supplier<Mono<ControlLink>> links, MeterBook book, RedisClock clock) {
        this.links = links;
        this.book = book;
        this.clock = clock;
        this.watched = Watched.nothing(book, clock);
    }

    /**
     * Watches over these stages and the capped streams of their plan from the next look on, and over no others. What it knows of
     * a stage that it watched before it keeps.
     */
    public void over(List<StageRunner> stages, EnginePlan plan) {
        watched = watched.next(stages, plan, book, clock);
        stages.forEach(stage -> stage.status().whenFull(this::wantRoom));
    }

    private void wantRoom(String stream) {
        full.add(stream);
        // Heard by nobody while there is no connection, and not twice at the same time: the commit asks again.
        roomWanted.tryEmitNext(stream);
    }

    /** What the last look has found of the edges, the accounts and the pairs. */
    public Flow flow() {
        return watched.flow().flow();
    }

    /** Watches until it is cancelled; a lost connection is opened again. */
    public Mono<Void> run() {
        return Flux.usingWhen(Mono.defer(links), this::watch, ControlLink::close)
                .doOnError(failure -> watched.flow().blind())
                .doOnError(failure -> LOG.warn("starting again: {}", failure.getMessage()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5)))
                .then();
    }

    private Flux<Void> watch(ControlLink link) {
        Flux<Mono<Void>> looks =
                Flux.interval(Duration.ZERO, EVERY).onBackpressureDrop().map(tick -> look(link));
        Flux<Mono<Void>> room = roomWanted
                .asFlux()
                .sampleFirst(ROOM_EVERY)
                .onBackpressureLatest()
                .map(stream -> makeRoom(link));
        return Flux.merge(1, looks, room).concatMap(step -> step, 0);
    }

    private Mono<Void> makeRoom(ControlLink link) {
        return Flux.fromIterable(watched.trimmers().values())
                .filter(trimmer -> full.remove(trimmer.key()))
                .concatMap(trimmer -> trimmed(link, trimmer), 0)
                .then();
    }

    private Mono<Void> trimmed(ControlLink link, Trimmer trimmer) {
        return complaints.instead("trimming " + trimmer.key(), trimmer.trim(link));
    }

    private Mono<Void> look(ControlLink link) {
        Watched now = watched;
        return complaints
                .instead("the clock of Redis", sampleClock(link))
                .thenMany(Flux.fromIterable(now.stages()).concatMap(stage -> watched(link, now, stage), 0))
                .thenMany(Flux.fromIterable(now.stages()).concatMap(stage -> tidied(link, now, stage), 0))
                .thenMany(Flux.fromIterable(now.trimmers().values()).concatMap(trimmer -> trimmed(link, trimmer), 0))
                .then(now.flow().look(link, now.groups()));
    }

    private Mono<Void> tidied(ControlLink link, Watched now, StageRunner runner) {
        return complaints.instead(
                "removing idle consumers of " + runner.plan().name(),
                now.idleConsumers().remove(link, runner.plan()));
    }

    private Mono<Void> watched(ControlLink link, Watched now, StageRunner runner) {
        String name = runner.plan().name();
        return complaints
                .instead(
                        "the look at the group of " + name,
                        stage(link, runner, now.groups().get(runner)))
                .then(complaints.instead("the look at the dead letters of " + name, deadLetters(link, runner)));
    }

    private Mono<Void> sampleClock(ControlLink link) {
        return link.command("TIME")
                .doOnNext(reply -> {
                    List<?> parts = (List<?>) reply;
                    clock.sample(Long.parseLong(String.valueOf(parts.get(0))) * 1000
                            + Long.parseLong(String.valueOf(parts.get(1))) / 1000);
                })
                .then();
    }

    private Mono<Void> stage(ControlLink link, StageRunner runner, @Nullable GroupWatch group) {
        book.record(
                EngineMeters.IN_FLIGHT,
                (double) runner.status().inFlight(),
                runner.plan().name());
        if (group == null) {
            runner.status().broker(0, 0);
            return Mono.empty();
        }
        return group.look(link);
    }

    private Mono<Void> deadLetters(ControlLink link, StageRunner runner) {
        return link.command("XLEN", runner.plan().deadStream())
                .doOnNext(length -> book.record(
                        EngineMeters.DEAD_LETTERS,
                        ((Long) length).doubleValue(),
                        runner.plan().name()))
                .then();
    }
}
