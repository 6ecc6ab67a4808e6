package io.heatwire.engine.stage;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.Operator;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.PollingOperator;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.engine.commit.CommitScript;
import io.heatwire.engine.health.StageDrain;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.lease.Owner;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkException.Kind;
import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.OnPoison;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.heatwire.engine.time.RedisClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Keeps one stage alive: opens an epoch, and when it ends without being asked to, says so, counts it, waits a little and opens
 * the next. A stage never dies silently.
 */
public final class StageRunner {

    private static final long FIRST_PAUSE_MS = 50;
    private static final long LONGEST_PAUSE_MS = 5_000;
    private static final long HALTED_PAUSE_MS = 2_000;
    private static final Duration WAKE_AGAIN = Duration.ofMillis(50);

    /** What a stop may take beyond its time: handing back, and closing the connections. */
    private static final Duration GRACE = HandBack.PATIENCE.plusSeconds(1);

    private final Stage stage;
    private final LinkFactory links;
    private final CommitScript script;
    private final Epoch epoch;
    private final Signals signals;
    private final GroupAlarm groupAlarm;
    private final Consumer consumer;
    private final Patience patience;
    private final Sinks.Empty<Void> stopRequested = Sinks.empty();
    private final Sinks.Empty<Void> cutOff = Sinks.empty();
    private final Sinks.Empty<Void> ended = Sinks.empty();
    private volatile boolean stopping;
    private volatile boolean isCutOff;
    private volatile boolean tookOver;
    private volatile @Nullable StageLink open;
    private long pauseMs = FIRST_PAUSE_MS;

    private StageRunner(Stage stage, LinkFactory links, CommitScript script, Epoch epoch, Consumer consumer) {
        this.stage = stage;
        this.links = links;
        this.script = script;
        this.epoch = epoch;
        this.signals = new Signals(stage);
        this.groupAlarm = new GroupAlarm(stage);
        this.consumer = consumer;
        this.patience = new Patience(stage, Call.OPEN);
    }

    /**
     * A runner for this stage; its meters are present at 0 from here on.
     *
     * @param owner who holds the names of this engine's consumers
     */
    public static StageRunner of(
            StagePlan plan,
            Map<String, Policy> policies,
            LinkFactory links,
            MeterBook book,
            RedisClock clock,
            Owner owner) {
        return of(plan, policies, links, book, clock, owner, new StageStatus());
    }

    /**
     * The same, for a stage that takes the place of another.
     *
     * @param status what is known of it from the beginning
     */
    public static StageRunner of(
            StagePlan plan,
            Map<String, Policy> policies,
            LinkFactory links,
            MeterBook book,
            RedisClock clock,
            Owner owner,
            StageStatus status) {
        // First: nothing is left of a stage whose operator cannot be made.
        Operator operator = plan.spec().factory().apply(plan.config());
        declareMeters(plan, book);
        Scheduler worker = Schedulers.newSingle("heatwire-" + plan.name(), true);
        Stage stage = Stage.of(plan, operator, book, status, clock, worker);
        CommitScript script = new CommitScript(plan, plan.source() instanceof SourcePlan.FromStream, policies);
        Epoch epoch = epoch(stage, operator, new CommitLane(stage, script));
        return new StageRunner(stage, links, script, epoch, Consumer.of(stage, owner));
    }

    private static void declareMeters(StagePlan plan, MeterBook book) {
        EngineMeters.declare(book, plan.name());
        for (MeterSpec meter : plan.spec().meters()) {
            book.declare(meter, setting -> labelValues(plan, setting));
        }
        MeterSpec loops = plan.spec().duties().loops();
        MeterSpec errors = plan.spec().duties().errors();
        if (loops != null) {
            book.declare(loops, setting -> List.of());
        }
        if (errors != null) {
            book.declare(errors, setting -> List.of());
        }
    }

    private static List<String> labelValues(StagePlan plan, String setting) {
        if (setting.equals("stage")) {
            return List.of(plan.name());
        }
        return plan.config().settings().get(setting) instanceof Map<?, ?> block
                ? block.keySet().stream().map(String::valueOf).toList()
                : plan.config().list(setting);
    }

    private static Epoch epoch(Stage stage, Operator operator, CommitLane lane) {
        SourcePlan source = stage.plan().source();
        if (stage.plan().onPoison() == OnPoison.HALT && stage.plan().spec().kind() != OperatorSpec.Kind.STREAM) {
            throw new IllegalArgumentException(stage.name() + " cannot halt: it does not read a stream in order");
        }
        if (operator instanceof PollingOperator polling && source instanceof SourcePlan.FromStream stream) {
            return new LateEpoch(stage, stream, polling, lane);
        }
        EventOperator deciding = (EventOperator) operator;
        return source instanceof SourcePlan.FromStream stream
                ? new StreamEpoch(stage, stream, deciding, lane)
                : new IntervalEpoch(stage, (SourcePlan.OnInterval) source, deciding, lane);
    }

    /** The plan of the stage. */
    public StagePlan plan() {
        return stage.plan();
    }

    /** What is known of the stage right now. */
    public StageStatus status() {
        return stage.status();
    }

    /** How long an entry may wait in the stage before it is settled, by the operator's own rule, in ms; 0 when none waits. */
    public long longestWaitMs() {
        return stage.operator() instanceof PollingOperator polling
                ? polling.schedule().maxWaitMs()
                : 0;
    }

    /** Runs until {@link #stop}; never fails. */
    public Mono<Void> run() {
        return Mono.defer(() -> {
                    onStart();
                    return epochs();
                })
                .then(Mono.defer(this::handBackAnew))
                .doFinally(end -> {
                    stage.status().stopped();
                    stage.book().record(EngineMeters.UP, 0, stage.name());
                    ended.tryEmitEmpty();
                });
    }

    private void onStart() {
        stage.book().record(EngineMeters.HALTED, 0, stage.name());
        try {
            signals.record(stage.operator().onStart());
        } catch (RuntimeException | Error thrown) {
            stage.log()
                    .error(
                            "operator {} failed at the start",
                            stage.plan().spec().name(),
                            thrown);
        }
    }

    private Mono<Void> epochs() {
        return Mono.defer(() -> stopping ? Mono.empty() : oneEpoch())
                .repeatWhen(ends -> ends.takeWhile(end -> !stopping).concatMap(end -> pause(), 0))
                .then();
    }

    private Mono<Void> oneEpoch() {
        stage.status().opening();
        stage.book().record(EngineMeters.EPOCHS, 1, stage.name());
        return Mono.usingWhen(open(), this::opened, StageLink::close, (link, failure) -> link.close(), StageLink::close)
                .doOnSuccess(done -> endedUnasked())
                .onErrorResume(failure -> {
                    failed(failure);
                    return Mono.empty();
                });
    }

    /** A new link; none when it is still refused for now at a stop. */
    private Mono<StageLink> open() {
        SourcePlan.FromStream source = stage.plan().source() instanceof SourcePlan.FromStream stream ? stream : null;
        return patience.until(stopRequested.asMono(), links.open(source, script.text()))
                .doOnError(groupAlarm::failed);
    }

    private Mono<Void> opened(StageLink link) {
        open = link;
        groupAlarm.opened(link.group());
        return consumer.take(link, stopRequested.asMono()).flatMap(waited -> {
            if (stopping) {
                return consumer.handBack(link);
            }
            // After a wait the link is as old as the wait, and so is what it knows of the group: work begins with a new
            // one.
            tookOver = waited;
            return waited ? Mono.empty() : work(link);
        });
    }

    private Mono<Void> work(StageLink link) {
        if (stage.status().haltedAt() == null) {
            running();
        }
        long committedBefore = stage.status().committed();
        long openedAt = stage.steadyMs();
        return consumer.whileNamed(link, epoch.run(link).takeUntilOther(cutOff.asMono()))
                .doOnError(LinkException.class, this::excuse)
                .then(Mono.defer(() -> stopping ? consumer.handBack(link) : Mono.empty()))
                .doFinally(end -> {
                    open = null;
                    if (stage.status().committed() > committedBefore
                            || stage.steadyMs() - openedAt > LONGEST_PAUSE_MS) {
                        pauseMs = FIRST_PAUSE_MS;
                    }
                });
    }

    /** At a stop between two epochs, or when the connection was lost during it: over a new link, if there is one to be had. */
    private Mono<Void> handBackAnew() {
        return !consumer.owesHandBack()
                ? Mono.empty()
                : Mono.usingWhen(open(), consumer::handBack, StageLink::close)
                        .timeout(HandBack.PATIENCE, Mono.empty())
                        .onErrorComplete();
    }

    private void running() {
        if (stage.status().state() == StageState.BACKING_OFF) {
            stage.log().info("connected again");
        }
        stage.status().running();
        stage.book().record(EngineMeters.UP, 1, stage.name());
    }

    /** Notes that the server cannot even be asked who it is; the stage has not been started. */
    public void unreachable(String why) {
        stage.status().failed(Printable.of(why));
    }

    /** What it held will be delivered once more, and that is not its own fault. */
    private void excuse(LinkException failure) {
        // A stage that halted reads nothing that would be delivered once more.
        if (!failure.isAboutTheCall() && stage.status().haltedAt() == null) {
            stage.status().excuse();
        }
    }

    private void endedUnasked() {
        if (!stopping && !tookOver) {
            failed(new IllegalStateException("the stage ended without being asked to"));
        }
    }

    private void failed(Throwable failure) {
        stage.book().record(EngineMeters.UP, 0, stage.name());
        if (stopping) {
            return;
        }
        if (failure instanceof HaltedException halt) {
            halted(halt);
            return;
        }
        stage.book().record(EngineMeters.FAILURES, 1, stage.name());
        String why = String.valueOf(failure.getMessage());
        stage.status().failed(Printable.of(why));
        if (failure instanceof LinkException link) {
            if (link.kind() == Kind.REFUSED) {
                stage.status().refused(Printable.of(why));
            }
            stage.log().warn("starting again in {} ms: {}", pauseMs, Printable.of(why));
        } else {
            stage.log().error("starting again in {} ms", pauseMs, failure);
        }
    }

    /** Said once: the stage looks at the entry again and again, and nothing changes until somebody has done something. */
    private void halted(HaltedException halt) {
        String why = Halts.explain(stage.plan(), halt.id(), Printable.of(halt.reason()));
        if (!stage.standsBefore(halt.id())) {
            // What was read with it will be delivered once more, and that is not its own fault.
            stage.status().excuse();
            stage.log().error("{}", why);
        }
        stage.status().halted(halt.id(), why);
        stage.book().record(EngineMeters.HALTED, 1, stage.name());
    }

    private Mono<Long> pause() {
        if (tookOver) {
            tookOver = false;
            return Mono.just(0L);
        }
        long pause = stage.status().haltedAt() == null ? pauseMs : HALTED_PAUSE_MS;
        long jittered = pause / 2 + (long) (Math.random() * pause);
        pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
        return Mono.firstWithSignal(
                Mono.delay(Duration.ofMillis(jittered)), stopRequested.asMono().thenReturn(0L));
    }

    /**
     * Stops reading, finishes what is under way and hands back the rest. What is not finished in time is cut off and handed
     * back, too; a Redis that does not answer is not waited for.
     *
     * @param patience how long to finish
     * @return completes when the stage has ended, or a little after its time
     */
    public Mono<Void> stop(Duration patience) {
        return Mono.defer(() -> {
            stopping = true;
            epoch.stopReading();
            stopRequested.tryEmitEmpty();
            if (stage.status().state() != StageState.STOPPED) {
                stage.status().draining();
            }
            // The read may be about to block when the first wake-up arrives: wake it until it is over.
            return Flux.interval(Duration.ZERO, WAKE_AGAIN)
                    .onBackpressureDrop()
                    .concatMap(tick -> wake(), 0)
                    .takeUntilOther(Mono.firstWithSignal(ended.asMono(), cutOffAfter(patience)))
                    .then();
        });
    }

    private Mono<Void> cutOffAfter(Duration patience) {
        return Mono.delay(patience)
                .doOnNext(over -> {
                    isCutOff = true;
                    cutOff.tryEmitEmpty();
                })
                .then(Mono.delay(GRACE))
                .then();
    }

    /** What the stop came to so far. */
    public StageDrain drained() {
        return consumer.drained(!isCutOff);
    }

    private Mono<Void> wake() {
        StageLink link = open;
        return link == null ? Mono.empty() : link.interruptRead();
    }

    /** Frees the worker; call after the stage has ended or is given up. */
    public void dispose() {
        // Its end takes locks and interrupts its threads: that is not for one of these threads to do.
        Schedulers.boundedElastic().schedule(stage.worker()::dispose);
    }
}
