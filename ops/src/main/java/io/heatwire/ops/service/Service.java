package io.heatwire.ops.service;

import io.heatwire.engine.Engine;
import io.heatwire.engine.change.ChangeRefusedException;
import io.heatwire.engine.change.PlanChange;
import io.heatwire.engine.health.DrainReport;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.ops.http.CannotListenException;
import io.heatwire.ops.http.HttpDoor;
import io.heatwire.ops.http.WiringState;
import io.heatwire.ops.ledger.Ledger;
import io.heatwire.ops.metrics.Metrics;
import io.heatwire.ops.page.Change;
import io.heatwire.ops.page.Changes;
import io.heatwire.ops.page.LivePage;
import io.heatwire.ops.service.ReloadOutcome.Kind;
import io.heatwire.ops.systemd.Announced;
import io.heatwire.wiring.WiringPlan;
import io.heatwire.wiring.WiringResult;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** The engine of a wiring with its listeners. */
public final class Service {

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.reload");

    private final Engine engine;
    private final HttpDoor door;
    private final ReloadMeters meters;
    private final CurrentWiring wiring;
    private final CurrentCheck check;
    private final Changes changes;
    private final Disposable memory;

    private Service(
            Engine engine,
            HttpDoor door,
            ReloadMeters meters,
            CurrentWiring wiring,
            CurrentCheck check,
            Changes changes,
            Disposable memory) {
        this.engine = engine;
        this.door = door;
        this.meters = meters;
        this.wiring = wiring;
        this.check = check;
        this.changes = changes;
        this.memory = memory;
    }

    /** The check of what runs, or is to run; none when nobody asked for one. */
    private static final class CurrentCheck {

        private volatile Optional<StartCheck> check;

        CurrentCheck(Optional<StartCheck> check) {
            this.check = check;
        }

        List<String> forced() {
            return check.map(StartCheck::forced).orElse(List.of());
        }

        Mono<Void> pass(ControlLink link) {
            return pass(check, link);
        }

        static Mono<Void> pass(Optional<StartCheck> check, ControlLink link) {
            return Mono.justOrEmpty(check).flatMap(wanted -> wanted.pass(link));
        }
    }

    /** Written by one reload at a time, read by whoever asks. */
    private static final class CurrentWiring {

        private volatile WiringState state;
        private volatile WiringPlan plan;

        CurrentWiring(WiringState state, WiringPlan plan) {
            this.state = state;
            this.plan = plan;
        }

        WiringPlan plan() {
            return plan;
        }

        void runs(WiringPlan next) {
            plan = next;
        }

        WiringState get() {
            return state;
        }

        void set(WiringState next) {
            state = next;
        }
    }

    /**
     * Opens the listeners. The engine does not run yet, and the health says so. Nothing will be held against the running Redis.
     *
     * @return fails with {@link io.heatwire.ops.http.CannotListenException}
     */
    public static Mono<Service> open(WiringPlan plan) {
        return open(plan, Optional.empty(), Optional.empty());
    }

    /**
     * The same, and the running Redis has to be as the wiring says, at the start and at each reload.
     *
     * @param isForced whether to start, and to reload, in spite of what is found; the health tells it
     */
    public static Mono<Service> open(WiringResult.Ready wiring, boolean isForced) {
        return open(wiring, isForced, Optional.empty());
    }

    /**
     * The same, and the page shows the newest operations of a ledger.
     *
     * @param ledger which one; it is only read
     */
    public static Mono<Service> open(WiringResult.Ready wiring, boolean isForced, Optional<Ledger> ledger) {
        return open(wiring.plan(), Optional.of(new StartCheck(wiring, isForced)), ledger);
    }

    private static Mono<Service> open(WiringPlan plan, Optional<StartCheck> first, Optional<Ledger> ledger) {
        return Mono.defer(() -> {
            Metrics metrics = new Metrics();
            Engine engine = Engine.of(plan.engine(), metrics.registry());
            CurrentCheck check = new CurrentCheck(first);
            Supplier<Health> health = () -> engine.health().inSpiteOf(check.forced());
            MeterBook book = new MeterBook(metrics.registry());
            StartMeter.set(book, Instant.now());
            ReloadMeters meters = new ReloadMeters(book);
            CurrentWiring wiring = new CurrentWiring(new WiringState(1, epochS(), ""), plan);
            Changes changes = new Changes();
            changes.add(new Change(System.currentTimeMillis(), 1, "started", "the process began"));
            LivePage page = new LivePage(metrics.registry(), health, wiring::get, wiring::plan, changes, ledger);
            return HttpDoor.open(plan.http(), plan.engine().stages(), metrics, health, wiring::get, page)
                    .map(door -> new Service(engine, door, meters, wiring, check, changes, page.remember()))
                    .onErrorResume(failure -> engine.drain().then(Mono.error(failure)));
        });
    }

    private static long epochS() {
        return System.currentTimeMillis() / 1000;
    }

    /**
     * Goes over to another wiring, if it may run, and if the running Redis is as it says: see {@link Engine#change}. Listeners that
     * stay where they are stay open. One at a time.
     *
     * @param loaded what the file says now
     * @return how it ended; never fails
     */
    public Mono<ReloadOutcome> reload(WiringResult loaded) {
        Mono<ReloadOutcome> outcome = loaded instanceof WiringResult.Ready ready
                ? change(ready).map(end -> withFindings(end, loaded.render()))
                : Mono.just(refused(Kind.REFUSED, errors((WiringResult.Refused) loaded), loaded.render()));
        return outcome.doOnNext(this::ended);
    }

    private Mono<ReloadOutcome> change(WiringResult.Ready ready) {
        WiringPlan before = wiring.plan();
        WiringPlan next = ready.plan();
        Optional<StartCheck> nextCheck = check.check.map(last -> last.next(ready));
        if (PlanChange.between(before.engine(), next.engine()).isNothing()
                && next.http().equals(before.http())) {
            return Mono.just(new ReloadOutcome(Kind.UNCHANGED, generation(), "the wiring says the same as before", ""));
        }
        return door.change(next.http(), next.engine().stages())
                .flatMap(listeners -> engine.change(next.engine(), link -> CurrentCheck.pass(nextCheck, link))
                        .doOnNext(change -> goOnWith(nextCheck, change))
                        .map(change -> accepted(before, next, change, listeners))
                        .onErrorResume(
                                failure -> listeners.undo().onErrorComplete().then(Mono.error(failure))))
                .onErrorResume(failure -> Mono.just(refused(failure)));
    }

    /** Where no stage changed nobody looked, and what was found at the last look still stands. */
    private void goOnWith(Optional<StartCheck> nextCheck, PlanChange change) {
        if (!change.isNothing()) {
            check.check = nextCheck;
        }
    }

    private ReloadOutcome accepted(WiringPlan before, WiringPlan next, PlanChange change, HttpDoor.Change listeners) {
        listeners.complete();
        wiring.runs(next);
        String http = next.http().equals(before.http()) ? "" : ", http listeners changed";
        return new ReloadOutcome(Kind.ACCEPTED, generation() + 1, change + http, "");
    }

    private ReloadOutcome refused(Throwable failure) {
        if (failure instanceof StartRefusedException refusal) {
            return refused(Kind.REFUSED, refusal.first(), refusal.findings());
        }
        boolean isRolledBack = failure instanceof ChangeRefusedException refusal && refusal.isRolledBack();
        boolean isForPeople = failure instanceof ChangeRefusedException || failure instanceof CannotListenException;
        if (!isForPeople) {
            LOG.error("a reload failed for a fault of the program itself", failure);
        }
        return refused(isRolledBack ? Kind.ROLLED_BACK : Kind.REFUSED, String.valueOf(failure.getMessage()), "");
    }

    private ReloadOutcome refused(Kind kind, String why, String findings) {
        return new ReloadOutcome(kind, generation(), why, findings);
    }

    private static ReloadOutcome withFindings(ReloadOutcome outcome, String findings) {
        return new ReloadOutcome(outcome.kind(), outcome.generation(), outcome.change(), findings + outcome.findings());
    }

    private static String errors(WiringResult.Refused loaded) {
        return FirstFinding.of(
                loaded.problems().stream()
                        .filter(problem -> !problem.code().isWarning())
                        .toList(),
                loaded.source());
    }

    private long generation() {
        return wiring.get().generation();
    }

    private void ended(ReloadOutcome outcome) {
        long now = epochS();
        WiringState before = wiring.get();
        switch (outcome.kind()) {
            case ACCEPTED -> {
                wiring.set(new WiringState(outcome.generation(), now, ""));
                LOG.info("generation {}: {}", outcome.generation(), outcome.change());
            }
            case UNCHANGED -> {
                wiring.set(new WiringState(before.generation(), before.sinceEpochS(), ""));
                LOG.info("generation {} runs on: {}", outcome.generation(), outcome.change());
            }
            case REFUSED, ROLLED_BACK -> {
                wiring.set(new WiringState(before.generation(), before.sinceEpochS(), outcome.change()));
                LOG.error("reload refused, generation {} runs on: {}", outcome.generation(), outcome.change());
            }
        }
        String word = outcome.kind().name().toLowerCase(Locale.ROOT);
        changes.add(new Change(System.currentTimeMillis(), outcome.generation(), word, outcome.change()));
        meters.count(outcome, now);
    }

    /** What there is to tell systemd. */
    public Announced announced() {
        return new Announced(
                this::health,
                engine::progress,
                () -> wiring().refusal(),
                () -> Duration.ofMillis(wiring.plan().engine().redis().commandTimeoutMs()));
    }

    /** How long the stages may take to finish at a stop. */
    public Duration longestDrain() {
        return Duration.ofMillis(wiring.plan().engine().drainMs());
    }

    /** Which wiring runs. */
    public WiringState wiring() {
        return wiring.get();
    }

    /**
     * Starts the engine, when the running Redis is as the wiring says; see {@link Engine#start()} for how else it fails.
     *
     * @return fails with {@link StartRefusedException} when it is not, and is not started all the same
     */
    public Mono<Void> start() {
        return engine.start(check::pass);
    }

    /** Drains the engine and closes the listeners, in this order: what drains can be watched. */
    public Mono<DrainReport> stop() {
        return engine.drain()
                .flatMap(report -> closed().thenReturn(report))
                .onErrorResume(failure -> closed().then(Mono.error(failure)));
    }

    /** Somebody who reads an answer slowly must not hold up a stop. */
    private Mono<Void> closed() {
        memory.dispose();
        return door.close().timeout(CLOSING, Mono.empty());
    }

    /** Where the listeners are, in the order of the wiring. */
    public List<InetSocketAddress> addresses() {
        return door.addresses();
    }

    /** The state right now. */
    public Health health() {
        return engine.health().inSpiteOf(check.forced());
    }
}
