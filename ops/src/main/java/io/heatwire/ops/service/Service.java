package io.heatwire.ops.service;

import io.heatwire.engine.Engine;
import io.heatwire.engine.change.ChangeRefusedException;
import io.heatwire.engine.change.PlanChange;
import io.heatwire.engine.health.DrainReport;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.ops.http.CannotListenException;
import io.heatwire.ops.http.HttpDoor;
import io.heatwire.ops.http.WiringState;
import io.heatwire.ops.metrics.Metrics;
import io.heatwire.ops.service.ReloadOutcome.Kind;
import io.heatwire.wiring.WiringPlan;
import io.heatwire.wiring.WiringResult;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** The engine of a wiring with its listeners. */
public final class Service {

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.reload");

    private final Engine engine;
    private final HttpDoor door;
    private final ReloadMeters meters;
    private final CurrentWiring wiring;
    private final Forced forced;
    private volatile WiringPlan plan;

    private Service(
            WiringPlan plan, Engine engine, HttpDoor door, ReloadMeters meters, CurrentWiring wiring, Forced forced) {
        this.plan = plan;
        this.engine = engine;
        this.door = door;
        this.meters = meters;
        this.wiring = wiring;
        this.forced = forced;
    }

    /** Written once at the start, read by whoever asks. */
    private static final class Forced {

        private volatile List<String> codes = List.of();
    }

    /** Written by one reload at a time, read by whoever asks. */
    private static final class CurrentWiring {

        private volatile WiringState state;

        CurrentWiring(WiringState state) {
            this.state = state;
        }

        WiringState get() {
            return state;
        }

        void set(WiringState next) {
            state = next;
        }
    }

    /**
     * Opens the listeners. The engine does not run yet, and the health says so.
     *
     * @return fails with {@link io.heatwire.ops.http.CannotListenException}
     */
    public static Mono<Service> open(WiringPlan plan) {
        return Mono.defer(() -> {
            Metrics metrics = new Metrics();
            Engine engine = Engine.of(plan.engine(), metrics.registry());
            Forced forced = new Forced();
            Supplier<Health> health = () -> engine.health().inSpiteOf(forced.codes);
            ReloadMeters meters = new ReloadMeters(new MeterBook(metrics.registry()));
            CurrentWiring wiring = new CurrentWiring(new WiringState(1, epochS(), ""));
            return HttpDoor.open(plan.http(), plan.engine().stages(), metrics, health, wiring::get)
                    .map(door -> new Service(plan, engine, door, meters, wiring, forced))
                    .onErrorResume(failure -> engine.drain().then(Mono.error(failure)));
        });
    }

    private static long epochS() {
        return System.currentTimeMillis() / 1000;
    }

    /**
     * Goes over to another wiring, if it may run: see {@link Engine#change}. Listeners that stay where they are stay open. One at
     * a time.
     *
     * @param loaded what the file says now
     * @return how it ended; never fails
     */
    public Mono<ReloadOutcome> reload(WiringResult loaded) {
        Mono<ReloadOutcome> outcome = loaded instanceof WiringResult.Ready ready
                ? change(ready.plan()).map(end -> withFindings(end, loaded.render()))
                : Mono.just(refused(Kind.REFUSED, firstFinding((WiringResult.Refused) loaded), loaded.render()));
        return outcome.doOnNext(this::ended);
    }

    private Mono<ReloadOutcome> change(WiringPlan next) {
        WiringPlan before = plan;
        if (PlanChange.between(before.engine(), next.engine()).isNothing()
                && next.http().equals(before.http())) {
            return Mono.just(new ReloadOutcome(Kind.UNCHANGED, generation(), "the wiring says the same as before", ""));
        }
        return door.change(next.http(), next.engine().stages())
                .flatMap(listeners -> engine.change(next.engine())
                        .map(change -> accepted(before, next, change, listeners))
                        .onErrorResume(
                                failure -> listeners.undo().onErrorComplete().then(Mono.error(failure))))
                .onErrorResume(failure -> Mono.just(refused(failure)));
    }

    private ReloadOutcome accepted(WiringPlan before, WiringPlan next, PlanChange change, HttpDoor.Change listeners) {
        listeners.complete();
        plan = next;
        String http = next.http().equals(before.http()) ? "" : ", http listeners changed";
        return new ReloadOutcome(Kind.ACCEPTED, generation() + 1, change + http, "");
    }

    private ReloadOutcome refused(Throwable failure) {
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
        return new ReloadOutcome(outcome.kind(), outcome.generation(), outcome.change(), findings);
    }

    /** With its place; the rest is for whoever asked. */
    private static String firstFinding(WiringResult.Refused loaded) {
        return loaded.problems().stream()
                .filter(problem -> !problem.code().isWarning())
                .findFirst()
                .flatMap(problem -> problem.render(loaded.source()).lines().findFirst())
                .orElse("the wiring is refused");
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
        meters.count(outcome, now);
    }

    /** How long the stages may take to finish at a stop. */
    public Duration longestDrain() {
        return Duration.ofMillis(plan.engine().drainMs());
    }

    /** Which wiring runs. */
    public WiringState wiring() {
        return wiring.get();
    }

    /** Starts the engine; see {@link Engine#start()} for how it fails. */
    public Mono<Void> start() {
        return engine.start();
    }

    /**
     * Starts the engine when the running Redis is as the wiring says.
     *
     * @return fails with {@link StartRefusedException} when it is not, and this check may not be passed all the same
     */
    public Mono<Void> start(StartCheck check) {
        return engine.start(
                link -> check.pass(link).doOnNext(codes -> forced.codes = codes).then());
    }

    /** Drains the engine and closes the listeners, in this order: what drains can be watched. */
    public Mono<DrainReport> stop() {
        return engine.drain()
                .flatMap(report -> closed().thenReturn(report))
                .onErrorResume(failure -> closed().then(Mono.error(failure)));
    }

    /** Somebody who reads an answer slowly must not hold up a stop. */
    private Mono<Void> closed() {
        return door.close().timeout(CLOSING, Mono.empty());
    }

    /** Where the listeners are, in the order of the wiring. */
    public List<InetSocketAddress> addresses() {
        return door.addresses();
    }

    /** The state right now. */
    public Health health() {
        return engine.health().inSpiteOf(forced.codes);
    }
}
