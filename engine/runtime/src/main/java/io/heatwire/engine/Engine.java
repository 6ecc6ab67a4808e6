package io.heatwire.engine;

import io.heatwire.contract.OperatorSpec.HealthField;
import io.heatwire.engine.health.DrainReport;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.health.StageDrain;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.lease.Owner;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.StreamPlan;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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

    private final EnginePlan plan;
    private final MeterBook book;
    private final RedisLinks links;
    private final List<StageRunner> stages;
    private final BrokerWatch watch;
    private final Disposable.Composite running = Disposables.composite();
    private final AtomicBoolean startedOnce = new AtomicBoolean();
    private final Sinks.Empty<Void> draining = Sinks.empty();
    private final Mono<DrainReport> drained;
    private volatile String server = "";
    private volatile String unreachable = "";

    private Engine(EnginePlan plan, MeterRegistry registry, RedisClock clock, UnaryOperator<LinkFactory> wrapping) {
        this.plan = plan;
        this.book = new MeterBook(registry);
        this.links = new RedisLinks(plan.redis());
        LinkFactory stageLinks = wrapping.apply(links);

        Map<String, StreamPlan.Policy> policies =
                plan.streams().stream().collect(Collectors.toMap(StreamPlan::key, StreamPlan::policy));
        Owner owner = Owner.ofThisProcess();
        this.stages = plan.stages().stream()
                .map(stage -> StageRunner.of(stage, policies, stageLinks, book, clock, owner))
                .toList();
        this.watch = new BrokerWatch(links::openControl, stages, plan.streams(), plan.idleConsumerMs(), book, clock);
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
        return start(control -> Mono.empty());
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

    private Mono<Void> connectAndStart(Function<ControlLink, Mono<Void>> before) {
        return suitableServer(before)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
                        .maxBackoff(Duration.ofSeconds(5))
                        .filter(LinkException.class::isInstance)
                        .doBeforeRetry(retry ->
                                unreachable(String.valueOf(retry.failure().getMessage()))))
                .takeUntilOther(draining.asMono())
                .flatMap(found -> Mono.fromRunnable(this::startStages));
    }

    private Mono<ServerVersion> suitableServer(Function<ControlLink, Mono<Void>> before) {
        return Mono.usingWhen(
                links.openControl(),
                control -> control.command("INFO", "server")
                        .map(info -> ServerVersion.read(String.valueOf(info)))
                        .doOnNext(this::accept)
                        .flatMap(found -> before.apply(control).thenReturn(found)),
                ControlLink::close);
    }

    private void unreachable(String why) {
        // Tried every few seconds: a line that says the same again would only bury the others.
        if (!why.equals(unreachable)) {
            LOG.warn("no answer from {}: {}", plan.redis(), why);
            unreachable = why;
        }
        stages.forEach(stage -> stage.unreachable(why));
    }

    private void accept(ServerVersion found) {
        if (!found.isSuitable()) {
            throw new UnsuitableServerException(plan.redis() + " is " + found
                    + "; Heatwire needs Redis or Valkey 7.0 or newer (its commit script starts with a header that older servers"
                    + " do not know)");
        }
        server = found.toString();
        LOG.info("connected to {}: {}", plan.redis(), found);
    }

    private void startStages() {
        running.add(watch.run().subscribe());
        stages.forEach(stage -> running.add(stage.run().subscribe()));
    }

    /**
     * Stops reading, finishes what is under way within the plan's deadline, hands back the rest, and stops. Ends a few seconds
     * after the deadline at the latest, whatever Redis does. Safe to call twice.
     */
    public Mono<DrainReport> drain() {
        return drained;
    }

    private Mono<DrainReport> drainOnce() {
        draining.tryEmitEmpty();
        long from = System.nanoTime();
        Duration patience = Duration.ofMillis(plan.drainMs());
        Mono<Void> stopped = running.size() == 0
                ? Mono.empty()
                : Flux.fromIterable(stages)
                        .flatMap(stage -> stage.stop(patience), Math.max(1, stages.size()))
                        .then();
        return stopped.then(Mono.fromSupplier(() -> report(from))).flatMap(report -> end().thenReturn(report));
    }

    private DrainReport report(long from) {
        List<StageDrain> drained = stages.stream().map(StageRunner::drained).toList();
        return new DrainReport(
                stages.stream().mapToLong(stage -> stage.status().committed()).sum(),
                drained.stream().mapToLong(StageDrain::handedBack).sum(),
                drained.stream().mapToLong(StageDrain::left).sum(),
                drained.stream().allMatch(StageDrain::confirmed),
                drained.stream().allMatch(StageDrain::inTime),
                (System.nanoTime() - from) / 1_000_000);
    }

    private Mono<Void> end() {
        running.dispose();
        return links.close()
                .timeout(CLOSING, Mono.fromRunnable(() -> LOG.warn("connections did not close in time; left behind")))
                .doFinally(end -> stages.forEach(StageRunner::dispose));
    }

    /** The state right now. */
    public Health health() {
        return new Health(
                plan.redis().toString(),
                server,
                stages.stream().map(this::health).toList());
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
                status.state() == StageState.RUNNING ? status.waiting() : "",
                contract(stage));
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
