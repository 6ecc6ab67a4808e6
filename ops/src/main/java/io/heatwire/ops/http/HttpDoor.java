package io.heatwire.ops.http;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.http.Refusals.Cause;
import io.heatwire.ops.metrics.Metrics;
import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** The open listeners of a process. */
public final class HttpDoor {

    private static final int MAX_REQUEST_LINE = 2048;
    private static final int MAX_HEADERS = 8192;

    private final LoopResources loop = LoopResources.create("heatwire-http", 1, true);
    private final Metrics metrics;
    private final Refusals refusals;
    private final Supplier<Health> health;
    private final Supplier<WiringState> wiring;
    private final Site site;
    private final Sinks.Empty<Void> closing = Sinks.empty();
    private volatile List<Listening> open = List.of();

    private HttpDoor(Metrics metrics, Supplier<Health> health, Supplier<WiringState> wiring, Site site) {
        this.metrics = metrics;
        this.refusals = new Refusals(new MeterBook(metrics.registry()));
        this.health = health;
        this.wiring = wiring;
        this.site = site;
    }

    /**
     * Opens all listeners, or none.
     *
     * @param stages all stages of the engine; a listener that names some serves only the meters of those
     * @param health asked anew for each answer; must not wait
     * @param wiring the same
     * @param site what listeners that serve the page answer besides
     * @return the open door; fails with {@link CannotListenException}
     */
    public static Mono<HttpDoor> open(
            List<HttpListener> listeners,
            List<StagePlan> stages,
            Metrics metrics,
            Supplier<Health> health,
            Supplier<WiringState> wiring,
            Site site) {
        HttpDoor door = new HttpDoor(metrics, health, wiring, site);
        return door.change(listeners, stages)
                .doOnNext(Change::complete)
                .thenReturn(door)
                .onErrorResume(failure -> door.close().then(Mono.error(failure)));
    }

    /**
     * Opens the listeners that are new. Those that are there already go on answering what they answered until the change is
     * completed; those that are not wanted any more stay open, unless they are in the way of a new one.
     *
     * @return a change to be completed or undone; fails with {@link CannotListenException}, and then all is as it was
     */
    public Mono<Change> change(List<HttpListener> listeners, List<StagePlan> stages) {
        return Mono.defer(() -> new Change(listeners, stages).prepared());
    }

    /** A change of listeners under way. */
    public final class Change {

        private final List<HttpListener> wanted;
        private final List<StagePlan> stages;
        private final List<Listening> before = open;
        private final List<Listening> staying = new ArrayList<>();
        private final List<Listening> gone = new ArrayList<>();
        private final List<Listening> added = new ArrayList<>();
        private final List<Listening> next = new ArrayList<>();

        private Change(List<HttpListener> wanted, List<StagePlan> stages) {
            this.wanted = wanted;
            this.stages = stages;
        }

        private Mono<Change> prepared() {
            List<Listening> left = new ArrayList<>(before);
            List<HttpListener> missing = new ArrayList<>();
            for (HttpListener listener : wanted) {
                left.stream()
                        .filter(each -> each.isAt(listener))
                        .findFirst()
                        .ifPresentOrElse(
                                each -> {
                                    left.remove(each);
                                    staying.add(each);
                                },
                                () -> missing.add(listener));
            }
            left.stream()
                    .filter(each -> missing.stream().anyMatch(each::isInTheWayOf))
                    .forEach(gone::add);
            return Flux.fromIterable(gone)
                    .concatMap(HttpDoor::closed)
                    .thenMany(Flux.fromIterable(missing))
                    .concatMap(
                            listener -> bind(listener, desk(listener, stages)).doOnNext(this::opened), 0)
                    .then(Mono.just(this))
                    .onErrorResume(failure -> undo().then(Mono.error(failure)));
        }

        private void opened(Listening listening) {
            added.add(listening);
            // A stop that comes now has to find it.
            open = Stream.concat(open.stream(), Stream.of(listening)).toList();
        }

        /** Every listener answers for these stages from now on; those that are not wanted any more close. */
        public void complete() {
            List<Listening> there = new ArrayList<>(staying);
            there.addAll(added);
            for (HttpListener listener : wanted) {
                there.stream().filter(each -> each.isAt(listener)).findFirst().ifPresent(each -> {
                    there.remove(each);
                    each.answerWith(desk(listener, stages));
                    next.add(each);
                });
            }
            open = List.copyOf(next);
            before.stream()
                    .filter(each -> !next.contains(each))
                    .forEach(each -> each.server().dispose());
        }

        /** Closes what was opened, and opens what was closed. */
        public Mono<Void> undo() {
            return Flux.fromIterable(added)
                    .concatMap(HttpDoor::closed)
                    .thenMany(Flux.fromIterable(gone))
                    .concatMap(each -> bind(each.place(), each.desk()), 0)
                    .collectList()
                    .doOnNext(again ->
                            open = Stream.concat(before.stream().filter(each -> !gone.contains(each)), again.stream())
                                    .toList())
                    .then();
        }
    }

    /** Where it listens, in the order of the listeners; the port is the real one where the wiring asked for any free port. */
    public List<InetSocketAddress> addresses() {
        return open.stream()
                .map(each -> (InetSocketAddress) each.server().address())
                .toList();
    }

    /** Closes all listeners and their connections. */
    public Mono<Void> close() {
        return Flux.defer(() -> {
                    closing.tryEmitEmpty();
                    return Flux.fromIterable(open);
                })
                .flatMap(HttpDoor::closed)
                .then(loop.disposeLater(Duration.ZERO, Duration.ofSeconds(1)));
    }

    private static Mono<Void> closed(Listening listening) {
        return Mono.defer(() -> {
            listening.server().dispose();
            return listening.server().onDispose();
        });
    }

    private Desk desk(HttpListener listener, List<StagePlan> stages) {
        Pages pages = new Pages(listener, metrics, metersOf(listener, stages), health, wiring);
        Site beside = listener.serves().contains(Serves.PAGE) ? site : Site.NONE;
        return new Desk(listener, pages, beside, closing.asMono(), refusals);
    }

    private Mono<Listening> bind(HttpListener listener, Desk desk) {
        ConnectionCap cap = new ConnectionCap();
        Listening.Counter counter = new Listening.Counter(desk);
        return HttpServer.create()
                .host(listener.host())
                .port(listener.port())
                .runOn(loop)
                .httpRequestDecoder(
                        limits -> limits.maxInitialLineLength(MAX_REQUEST_LINE).maxHeaderSize(MAX_HEADERS))
                .httpMessageLogFactory(new UnshownRequests())
                .doOnChannelInit((observer, channel, remote) -> admit(channel, cap, refusals))
                .handle(counter::serve)
                .bind()
                .map(server -> new Listening(listener, server, counter))
                .onErrorMap(cause -> new CannotListenException(listener.host(), listener.port(), cause));
    }

    private static void admit(Channel connection, ConnectionCap cap, Refusals refusals) {
        if (cap.admits(connection)) {
            connection.pipeline().addFirst(new RequestClock(refusals));
            connection.pipeline().addAfter(NettyPipeline.HttpCodec, null, new RequestCheck(refusals));
        } else {
            refusals.count(Cause.CONNECTIONS);
            connection.unsafe().closeForcibly();
        }
    }

    private static Set<String> metersOf(HttpListener listener, List<StagePlan> stages) {
        List<OperatorSpec> operators = stages.stream()
                .filter(stage -> listener.stages().contains(stage.name()))
                .map(StagePlan::spec)
                .toList();
        Set<String> meters = new HashSet<>(Metrics.declaredBy(operators));
        meters.add(Metrics.START);
        return Set.copyOf(meters);
    }
}
