package io.heatwire.engine.watch;

import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.engine.stage.StageRunner;
import io.heatwire.engine.stage.StageStatus;
import io.heatwire.engine.time.RedisClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Once a second: the clock of Redis, how far each stage is behind, what was lost, dead letters, and trimming. */
public final class BrokerWatch {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.broker_watch");
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Supplier<Mono<ControlLink>> links;
    private final List<StageRunner> stages;
    private final Map<StageRunner, GroupWatch> groups = new HashMap<>();
    private final List<Trimmer> trimmers;
    private final IdleConsumers idleConsumers;
    private final MeterBook book;
    private final RedisClock clock;
    private final FlowWatch flow;
    private final Complaints complaints = new Complaints();

    /**
     * A watch over these stages and the capped streams among these.
     *
     * @param idleConsumerMs after how long an unused consumer of the stages' groups is removed, in ms; 0 for never
     * @param flow looks at the edges between them, at the end of each look
     */
    public BrokerWatch(
            Supplier<Mono<ControlLink>> links,
            List<StageRunner> stages,
            List<StreamPlan> streams,
            long idleConsumerMs,
            FlowWatch flow,
            MeterBook book,
            RedisClock clock) {
        this.links = links;
        this.flow = flow;
        this.stages = stages;
        this.idleConsumers = new IdleConsumers(
                idleConsumerMs, stages.stream().map(StageRunner::plan).toList(), clock, book);
        this.book = book;
        this.clock = clock;
        Map<String, StreamPlan> capped = streams.stream()
                .filter(stream -> stream.policy() instanceof StreamPlan.Policy.Cap)
                .collect(Collectors.toMap(StreamPlan::key, stream -> stream));
        this.trimmers =
                capped.values().stream().map(stream -> trimmer(stages, stream)).toList();
        for (StageRunner stage : stages) {
            if (stage.plan().source() instanceof SourcePlan.FromStream source) {
                boolean waits = capped.containsKey(source.key());
                groups.put(stage, new GroupWatch(stage.plan().name(), source, stage.status(), waits, book, clock));
            } else {
                book.record(
                        EngineMeters.TIME_TO_LOSS,
                        TimeToLoss.NEVER,
                        stage.plan().name());
            }
        }
    }

    private static Trimmer trimmer(List<StageRunner> stages, StreamPlan stream) {
        Set<String> readers = new TreeSet<>(stream.readers());
        stages.stream()
                .map(stage -> stage.plan().source())
                .filter(SourcePlan.FromStream.class::isInstance)
                .map(SourcePlan.FromStream.class::cast)
                .filter(source -> source.key().equals(stream.key()))
                .forEach(source -> readers.add(source.group()));
        List<StageStatus> writers = stages.stream()
                .filter(stage -> stage.plan().streams().containsValue(stream.key()))
                .map(StageRunner::status)
                .toList();
        return new Trimmer(stream.key(), (StreamPlan.Policy.Cap) stream.policy(), readers, writers);
    }

    /** Watches until it is cancelled; a lost connection is opened again. */
    public Mono<Void> run() {
        return Flux.usingWhen(Mono.defer(links), this::watch, ControlLink::close)
                .doOnError(failure -> flow.blind())
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
                .then(flow.look(link, groups));
    }

    private Mono<Void> tidied(ControlLink link, StageRunner runner) {
        return complaints.instead(
                "removing idle consumers of " + runner.plan().name(), idleConsumers.remove(link, runner.plan()));
    }

    private Mono<Void> watched(ControlLink link, StageRunner runner) {
        String name = runner.plan().name();
        return complaints
                .instead("the look at the group of " + name, stage(link, runner))
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

    private Mono<Void> stage(ControlLink link, StageRunner runner) {
        book.record(
                EngineMeters.IN_FLIGHT,
                (double) runner.status().inFlight(),
                runner.plan().name());
        GroupWatch group = groups.get(runner);
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
