package io.heatwire.ops.service;

import io.heatwire.engine.Engine;
import io.heatwire.engine.health.DrainReport;
import io.heatwire.engine.health.Health;
import io.heatwire.ops.http.HttpDoor;
import io.heatwire.ops.metrics.Metrics;
import io.heatwire.wiring.WiringPlan;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** The engine of a wiring with its listeners. */
public final class Service {

    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Engine engine;
    private final HttpDoor door;
    private final AtomicReference<List<String>> forced;

    private Service(Engine engine, HttpDoor door, AtomicReference<List<String>> forced) {
        this.engine = engine;
        this.door = door;
        this.forced = forced;
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
            AtomicReference<List<String>> forced = new AtomicReference<>(List.of());
            Supplier<Health> health = () -> engine.health().inSpiteOf(forced.get());
            return HttpDoor.open(plan.http(), plan.engine().stages(), metrics, health)
                    .map(door -> new Service(engine, door, forced))
                    .onErrorResume(failure -> engine.drain().then(Mono.error(failure)));
        });
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
        return engine.start(link -> check.pass(link).doOnNext(forced::set).then());
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
        return engine.health().inSpiteOf(forced.get());
    }
}
