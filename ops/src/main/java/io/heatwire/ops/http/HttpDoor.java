package io.heatwire.ops.http;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.http.Refusals.Cause;
import io.heatwire.ops.metrics.Metrics;
import io.heatwire.wiring.HttpListener;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/** The open listeners of a process. */
public final class HttpDoor {

    private static final int MAX_REQUEST_LINE = 2048;
    private static final int MAX_HEADERS = 8192;

    private final LoopResources loop;
    private final List<DisposableServer> servers;

    private HttpDoor(LoopResources loop, List<DisposableServer> servers) {
        this.loop = loop;
        this.servers = servers;
    }

    /**
     * Opens all listeners, or none.
     *
     * @param stages all stages of the engine; a listener that names some serves only the meters of those
     * @param health asked anew for each answer; must not wait
     * @return the open door; fails with {@link CannotListenException}
     */
    public static Mono<HttpDoor> open(
            List<HttpListener> listeners, List<StagePlan> stages, Metrics metrics, Supplier<Health> health) {
        LoopResources loop = LoopResources.create("heatwire-http", 1, true);
        Refusals refusals = new Refusals(new MeterBook(metrics.registry()));
        return Flux.fromIterable(listeners)
                .concatMap(listener -> {
                    Pages pages = new Pages(listener, metrics, metersOf(listener, stages), health);
                    return bind(listener, new Desk(listener, pages, refusals), refusals, loop);
                })
                .collectList()
                .map(servers -> new HttpDoor(loop, servers))
                .onErrorResume(failure ->
                        loop.disposeLater(Duration.ZERO, Duration.ofSeconds(1)).then(Mono.error(failure)));
    }

    /** Where it listens, in the order of the listeners; the port is the real one where the wiring asked for any free port. */
    public List<InetSocketAddress> addresses() {
        return servers.stream()
                .map(server -> (InetSocketAddress) server.address())
                .toList();
    }

    /** Closes all listeners and their connections. */
    public Mono<Void> close() {
        return Flux.fromIterable(servers)
                .doOnNext(DisposableServer::dispose)
                .flatMap(DisposableServer::onDispose)
                .then(loop.disposeLater(Duration.ZERO, Duration.ofSeconds(1)));
    }

    private static Mono<DisposableServer> bind(
            HttpListener listener, Desk desk, Refusals refusals, LoopResources loop) {
        ConnectionCap cap = new ConnectionCap();
        return HttpServer.create()
                .host(listener.host())
                .port(listener.port())
                .runOn(loop)
                .httpRequestDecoder(
                        limits -> limits.maxInitialLineLength(MAX_REQUEST_LINE).maxHeaderSize(MAX_HEADERS))
                .httpMessageLogFactory(new UnshownRequests())
                .doOnChannelInit((observer, channel, remote) -> admit(channel, cap, refusals))
                .handle(desk::serve)
                .bind()
                .map(server -> (DisposableServer) server)
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
        return Metrics.declaredBy(operators);
    }
}
