package io.heatwire.engine.watch;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.engine.stage.StageRunner;
import io.heatwire.engine.stage.StageStatus;
import io.heatwire.engine.time.RedisClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Once a second: the clock of Redis, how far each stage is behind, and trimming. */
public final class BrokerWatch {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.broker_watch");
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Supplier<Mono<ControlLink>> links;
    private final List<StageRunner> stages;
    private final List<Trimmer> trimmers;
    private final IdleConsumers idleConsumers;
    private final MeterBook book;
    private final RedisClock clock;
    private final Complaints complaints = new Complaints();

    /**
     * A watch over these stages and the capped streams among these.
     *
     * @param idleConsumerMs after how long an unused consumer of the stages' groups is removed, in ms; 0 for never
     */
    public BrokerWatch(
            Supplier<Mono<ControlLink>> links,
            List<StageRunner> stages,
            List<StreamPlan> streams,
            long idleConsumerMs,
            MeterBook book,
            RedisClock clock) {
        this.links = links;
        this.stages = stages;
        this.trimmers = streams.stream()
                .filter(stream -> stream.policy() instanceof StreamPlan.Policy.Cap)
                .map(stream -> new Trimmer(
                        stream.key(), (StreamPlan.Policy.Cap) stream.policy(), readers(stages, stream.key())))
                .toList();
        this.idleConsumers = new IdleConsumers(
                idleConsumerMs, stages.stream().map(StageRunner::plan).toList(), clock, book);
        this.book = book;
        this.clock = clock;
    }

    private static Set<String> readers(List<StageRunner> stages, String key) {
        return stages.stream()
                .map(stage -> stage.plan().source())
                .filter(SourcePlan.FromStream.class::isInstance)
                .map(SourcePlan.FromStream.class::cast)
                .filter(source -> source.key().equals(key))
                .map(SourcePlan.FromStream::group)
                .collect(Collectors.toSet());
    }

    /** Watches until it is cancelled; a lost connection is opened again. */
    public Mono<Void> run() {
        return Flux.usingWhen(Mono.defer(links), this::watch, ControlLink::close)
                .doOnError(failure -> LOG.warn("starting again: {}", failure.getMessage()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200)).maxBackoff(Duration.ofSeconds(5)))
                .then();
    }

    private Flux<Void> watch(ControlLink link) {
        return Flux.interval(Duration.ZERO, EVERY).onBackpressureDrop().concatMap(tick -> look(link), 0);
    }

    private Mono<Void> look(ControlLink link) {
        return complaints
                .instead("the clock of Redis", sampleClock(link))
                .thenMany(Flux.fromIterable(stages).concatMap(stage -> watched(link, stage), 0))
                .thenMany(Flux.fromIterable(stages).concatMap(stage -> tidied(link, stage), 0))
                .thenMany(Flux.fromIterable(trimmers)
                        .concatMap(trimmer -> complaints.instead("trimming " + trimmer.key(), trimmer.trim(link)), 0))
                .then();
    }

    private Mono<Void> tidied(ControlLink link, StageRunner runner) {
        return complaints.instead(
                "removing idle consumers of " + runner.plan().name(), idleConsumers.remove(link, runner.plan()));
    }

    private Mono<Void> watched(ControlLink link, StageRunner runner) {
        return complaints.instead("how far " + runner.plan().name() + " is behind", stage(link, runner));
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

    private Mono<Void> stage(ControlLink link, StageRunner runner) {
        book.record(
                EngineMeters.IN_FLIGHT,
                (double) runner.status().inFlight(),
                runner.plan().name());
        if (!(runner.plan().source() instanceof SourcePlan.FromStream source)) {
            runner.status().broker(0, 0);
            return Mono.empty();
        }
        return link.command("XINFO", "GROUPS", source.key())
                .map(GroupFacts::read)
                .flatMap(groups -> Mono.justOrEmpty(groups.stream()
                        .filter(group -> group.name().equals(source.group()))
                        .findFirst()))
                .flatMap(group -> oldest(link, source, group).map(oldest -> report(runner, group, oldest)))
                .doOnError(failure -> runner.status().broker(-1, -1))
                .then();
    }

    /** The oldest entry that is pending or, with none pending, not yet delivered; ZERO when everything is done. */
    private Mono<EntryId> oldest(ControlLink link, SourcePlan.FromStream source, GroupFacts group) {
        if (group.pending() > 0) {
            return link.command("XPENDING", source.key(), source.group())
                    .map(reply -> EntryId.parse(String.valueOf(((List<?>) reply).get(1))))
                    .onErrorReturn(IllegalArgumentException.class, EntryId.ZERO);
        }
        return link.command("XRANGE", source.key(), "(" + group.lastDelivered(), "+", "COUNT", "1")
                .map(reply -> ((List<?>) reply)
                        .stream()
                                .findFirst()
                                .map(entry -> EntryId.parse(String.valueOf(((List<?>) entry).get(0))))
                                .orElse(EntryId.ZERO))
                .defaultIfEmpty(EntryId.ZERO);
    }

    private Boolean report(StageRunner runner, GroupFacts group, EntryId oldest) {
        StageStatus status = runner.status();
        String name = runner.plan().name();
        long ageMs = oldest.equals(EntryId.ZERO) ? 0 : Math.max(0, clock.getAsLong() - oldest.ms());
        Long lag = group.lag();
        status.broker(lag == null ? -1 : lag + group.pending(), ageMs);
        book.record(EngineMeters.PENDING, (double) group.pending(), name);
        book.record(EngineMeters.LAG_ENTRIES, lag == null ? -1.0 : (double) lag, name);
        book.record(EngineMeters.LAG_SECONDS, ageMs / 1e3, name);
        return true;
    }
}
