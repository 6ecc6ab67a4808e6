package io.heatwire.engine;

import io.heatwire.contract.OperatorSpec.HealthField;
import io.heatwire.engine.change.ChangeRefusedException;
import io.heatwire.engine.change.PlanChange;
import io.heatwire.engine.health.DrainReport;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.health.StageProgress;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.lease.Owner;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.redis.RedisLinks;
import io.heatwire.engine.stage.StageRunner;
import io.heatwire.engine.stage.StageStatus;
import io.heatwire.engine.time.RedisClock;
import io.heatwire.engine.watch.BrokerWatch;
import io.heatwire.engine.watch.ServerVersion;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/** The one public door: runs the stages of a plan until it is drained. */
public final class Engine {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.engine");
    private static final Duration CLOSING = Duration.ofSeconds(3);
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private final MeterBook book;
    private final Workshop workshop;
    private final Crew crew = new Crew();
    private final BrokerWatch watch;
    private final Disposable.Swap watching = Disposables.swap();
    private final AtomicBoolean startedOnce = new AtomicBoolean();
    private final AtomicBoolean changing = new AtomicBoolean();
    private final Sinks.Empty<Void> draining = Sinks.empty();
    private final Mono<DrainReport> drained;
    private final Set<RedisLinks> openLinks = ConcurrentHashMap.newKeySet();
    private volatile Generation now;
    private Function<ControlLink, Mono<Void>> before = Engine::nothing;
    private volatile boolean started;
    private boolean swapped;
    private volatile String server = "";
    private volatile String unreachable = "";

    private Engine(EnginePlan plan, MeterRegistry registry, RedisClock clock, UnaryOperator<LinkFactory> wrapping) {
        this.book = new MeterBook(registry);
        this.workshop = new Workshop(book, clock, Owner.ofThisProcess(), wrapping);
        this.watch = new BrokerWatch(() -> now.links().openControl(), book, clock);
        this.now = workshop.first(plan);
        this.watch.over(now.stages(), plan);
        this.drained = Mono.defer(this::drainOnce).cache();
    }

    /**
     * An engine that is not started yet. All its meters are registered at 0.
     *
     * @param registry where the meters go; its naming must already be configured
     */
    public static Engine of(EnginePlan plan, MeterRegistry registry) {
        return new Engine(plan, registry, RedisClock.running(), UnaryOperator.identity());
    }

    /** The same with another clock, and with something between the stages and Redis: for tests. */
    static Engine of(EnginePlan plan, MeterRegistry registry, RedisClock clock, UnaryOperator<LinkFactory> wrapping) {
        return new Engine(plan, registry, clock, wrapping);
    }

    /**
     * Connects, checks the server and starts every stage.
     *
     * @return completes when the stages have been started, or when the engine is drained before that; fails with {@link
     *     UnsuitableServerException} when the server is too old, and when the engine was started before. A server that cannot
     *     be reached is tried again without end, and shows in the health.
     */
    public Mono<Void> start() {
        return start(Engine::nothing);
    }

    /**
     * The same, with something to be done first, once the server is known to be suitable.
     *
     * @param before gets a connection that is closed afterwards; when it fails the start fails, except with {@link LinkException}:
     *     then it is tried again from the beginning, like a server that cannot be reached
     */
    public Mono<Void> start(Function<ControlLink, Mono<Void>> before) {
        return Mono.defer(() -> startedOnce.compareAndSet(false, true)
                ? connectAndStart(before)
                : Mono.error(new IllegalStateException("this engine was started before; make another")));
    }

    private static Mono<Void> nothing(ControlLink control) {
        return Mono.empty();
    }

    private Mono<Void> connectAndStart(Function<ControlLink, Mono<Void>> given) {
        return Mono.fromRunnable(() -> beginWith(given))
                .then(Mono.defer(() -> startOnce(candidate()))
                        .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                                .maxBackoff(Duration.ofSeconds(5))
                                .filter(LinkException.class::isInstance)
                                .doBeforeRetry(retry -> unreachable(
                                        String.valueOf(retry.failure().getMessage()))))
                        .filter(isStarted -> isStarted)
                        .repeatWhenEmpty(swapped -> swapped))
                .takeUntilOther(draining.asMono())
                .then();
    }

    /** A change that comes before the first connection has said already what is to be done first. */
    private synchronized void beginWith(Function<ControlLink, Mono<Void>> given) {
        if (!swapped) {
            before = given;
        }
    }

    private synchronized Candidate candidate() {
        return new Candidate(now, before);
    }

    /** What is to be started, with what is to be done before that. */
    private record Candidate(Generation generation, Function<ControlLink, Mono<Void>> before) {}

    private Mono<Boolean> startOnce(Candidate candidate) {
        return suitableServer(candidate).map(found -> startStages(found, candidate));
    }

    private static Mono<ServerVersion> suitableServer(Candidate candidate) {
        Generation generation = candidate.generation();
        return Mono.usingWhen(
                generation.links().openControl(),
                control -> version(control)
                        .map(found -> suitable(found, generation.plan()))
                        .delayUntil(found -> candidate.before().apply(control)),
                ControlLink::close);
    }

    private static Mono<ServerVersion> version(ControlLink control) {
        return control.command("INFO", "server").map(info -> ServerVersion.read(String.valueOf(info)));
    }

    private void unreachable(String why) {
        Generation generation = now;
        // Tried every few seconds: a line that says the same again would only bury the others.
        if (!why.equals(unreachable)) {
            LOG.warn("no answer from {}: {}", generation.plan().redis(), why);
            unreachable = why;
        }
        generation.stages().forEach(stage -> stage.unreachable(why));
    }

    private static ServerVersion suitable(ServerVersion found, EnginePlan plan) {
        if (!found.isSuitable()) {
            throw new UnsuitableServerException(plan.redis() + " is " + found
                    + "; Heatwire needs Redis or Valkey 7.0 or newer (its commit script starts with a header that older servers"
                    + " do not know)");
        }
        return found;
    }

    private void connected(ServerVersion found, EnginePlan plan) {
        server = found.toString();
        LOG.info("connected to {}: {}", plan.redis(), found);
    }

    /** Whether they were started: not when a change has come between, whose plan nobody has looked at yet. */
    private synchronized boolean startStages(ServerVersion found, Candidate candidate) {
        if (!now.equals(candidate.generation())) {
            return false;
        }
        started = true;
        connected(found, now.plan());
        watching.update(watch.run().subscribe());
        now.stages().forEach(crew::start);
        return true;
    }

    /**
     * Goes over to another plan. Stages that are the same in both run on without noticing; the others are drained, and only then
     * are those that take their place started. If Redis refuses what one of these needs for its first turn, the old stages are
     * started again.
     *
     * @return what was changed; fails with {@link ChangeRefusedException}, and then the old plan runs on, and when another change
     *     is under way
     */
    public Mono<PlanChange> change(EnginePlan next) {
        return changeOneAtATime(next, Optional.empty());
    }

    /**
     * The same, with something to be done first, while everything runs.
     *
     * @param before gets a connection to the Redis of the next plan, which is closed afterwards; when it fails, the change fails in
     *     the same way, with {@link ChangeRefusedException} in place of {@link LinkException}. Before the first connection it takes
     *     the place of what {@link #start(Function)} was given.
     */
    public Mono<PlanChange> change(EnginePlan next, Function<ControlLink, Mono<Void>> before) {
        return changeOneAtATime(next, Optional.of(before));
    }

    private Mono<PlanChange> changeOneAtATime(EnginePlan next, Optional<Function<ControlLink, Mono<Void>>> first) {
        return Mono.defer(() -> changing.compareAndSet(false, true)
                ? changeOnce(next, first).doFinally(end -> changing.set(false))
                : Mono.error(new IllegalStateException("another change is under way")));
    }

    private Mono<PlanChange> changeOnce(EnginePlan next, Optional<Function<ControlLink, Mono<Void>>> first) {
        Mono<PlanChange> change = Mono.defer(() -> swappedBeforeStart(next, first)
                .map(Mono::just)
                .orElseGet(() -> new Succession(workshop, crew, this::runsNow, this::close, now, next)
                        .run(links -> looked(links, next, first))));
        return change.takeUntilOther(draining.asMono())
                .switchIfEmpty(Mono.error(() -> new ChangeRefusedException("the engine has been told to stop", false)));
    }

    /** Before the first connection nothing has to be drained, and nothing can be tried: the start goes on with the new plan. */
    private synchronized Optional<PlanChange> swappedBeforeStart(
            EnginePlan next, Optional<Function<ControlLink, Mono<Void>>> first) {
        if (started) {
            return Optional.empty();
        }
        Generation last = now;
        PlanChange change = PlanChange.between(last.plan(), next);
        if (!change.isNothing()) {
            runsNow(workshop.successor(last, next, change));
            before = first.orElse(Engine::nothing);
            swapped = true;
            last.without(change.untouched()).forEach(StageRunner::dispose);
            change.removed().forEach(stage -> EngineMeters.forget(book, stage));
        }
        return Optional.of(change);
    }

    private void runsNow(Generation generation) {
        boolean hasOtherLinks = now.links() != generation.links();
        now = generation;
        openLinks.add(generation.links());
        watch.over(generation.stages(), generation.plan());
        if (hasOtherLinks && started) {
            watching.update(watch.run().subscribe());
        }
    }

    private Mono<Void> close(RedisLinks links) {
        return links.close().doFinally(end -> openLinks.remove(links));
    }

    /** Better no change than one to a Redis that is not there, or that is not as it should be. */
    private Mono<Void> looked(RedisLinks links, EnginePlan next, Optional<Function<ControlLink, Mono<Void>>> first) {
        boolean isOther = !next.redis().equals(now.plan().redis());
        if (!isOther && first.isEmpty()) {
            return Mono.empty();
        }
        openLinks.add(links);
        return Mono.usingWhen(
                links.openControl().timeout(CONNECTING).onErrorMap(failure -> refused(next, failure)),
                control -> version(control)
                        .map(found -> suitable(found, next))
                        .timeout(CONNECTING)
                        .onErrorMap(failure -> refused(next, failure))
                        .doOnNext(found -> {
                            if (isOther) {
                                connected(found, next);
                            }
                        })
                        .delayUntil(found -> first.orElse(Engine::nothing)
                                .apply(control)
                                .onErrorMap(LinkException.class, lost -> refused(next, lost)))
                        .then(),
                ControlLink::close);
    }

    private static ChangeRefusedException refused(EnginePlan next, Throwable failure) {
        return new ChangeRefusedException(
                failure instanceof TimeoutException
                        ? next.redis() + " does not answer"
                        : next.redis() + ": " + failure.getMessage(),
                false);
    }
    /**
     * Stops reading, finishes what is under way within the plan's deadline, hands back the rest, and stops; a change that is
     * under way ends unfinished. Ends a few seconds after the deadline at the latest, whatever Redis does. Safe to call twice.
     */
    public Mono<DrainReport> drain() {
        return drained;
    }

    private Mono<DrainReport> drainOnce() {
        List<StageRunner> last = crew.close();
        draining.tryEmitEmpty();
        long from = System.nanoTime();
        return crew.stop(last, now.drain())
                .then(Mono.fromSupplier(() -> crew.report((System.nanoTime() - from) / 1_000_000)))
                .flatMap(report -> end().thenReturn(report));
    }

    private Mono<Void> end() {
        watching.dispose();
        openLinks.add(now.links());
        return Flux.fromIterable(openLinks)
                .flatMap(RedisLinks::close)
                .then()
                .timeout(CLOSING, Mono.fromRunnable(() -> LOG.warn("connections did not close in time; left behind")))
                .doFinally(end -> {
                    crew.dispose();
                    now.stages().forEach(StageRunner::dispose);
                });
    }

    /** The state right now. */
    public Health health() {
        Generation generation = now;
        return new Health(
                generation.plan().redis().toString(),
                server,
                generation.stages().stream().map(this::health).toList(),
                watch.flow());
    }

    /** Whether each stage gets on with what it has read. */
    public List<StageProgress> progress() {
        return now.stages().stream()
                .map(stage -> new StageProgress(
                        stage.plan().name(),
                        stage.status().steps(),
                        stage.status().inFlight()))
                .toList();
    }

    private StageHealth health(StageRunner stage) {
        StageStatus status = stage.status();
        return new StageHealth(
                stage.plan().name(),
                status.state(),
                status.error().isEmpty() && status.waiting().equals("FULL") ? status.heldUp() : status.error(),
                status.epochs(),
                status.committed(),
                status.lastLoopAtMs() / 1000,
                status.lastLoopMs(),
                status.backlog(),
                status.lagMs(),
                isEnding(status.state()) ? "" : status.waiting(),
                contract(stage));
    }

    private static boolean isEnding(StageState state) {
        return state == StageState.DRAINING || state == StageState.STOPPED;
    }

    private Map<String, Long> contract(StageRunner stage) {
        Map<String, Long> fields = new LinkedHashMap<>();
        for (HealthField field : stage.plan().spec().duties().health()) {
            fields.put(field.name(), value(field, stage.status()));
        }
        return fields;
    }

    private long value(HealthField field, StageStatus status) {
        return switch (field.fact()) {
            case LAST_LOOP_EPOCH_S -> status.lastLoopAtMs() / 1000;
            case LAST_LOOP_MS -> status.lastLoopMs();
            case BACKLOG -> Math.max(0, status.backlog());
            case GAUGE -> (long) book.current(field.gauge());
        };
    }
}
