package io.heatwire.ops.http;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.metrics.Metrics;
import io.heatwire.wiring.HttpListener;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/** The open listeners of a process. */
public final class HttpDoor {

    private static final int MAX_REQUEST_LINE = 2048;
    private static final int MAX_HEADERS = 8192;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration WHOLE_REQUEST = Duration.ofSeconds(5);

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
        return Flux.fromIterable(listeners)
                .concatMap(listener ->
                        bind(listener, new Pages(listener, metrics, metersOf(listener, stages), health), loop))
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

    private static Mono<DisposableServer> bind(HttpListener listener, Pages pages, LoopResources loop) {
        return HttpServer.create()
                .host(listener.host())
                .port(listener.port())
                .runOn(loop)
                .httpRequestDecoder(
                        limits -> limits.maxInitialLineLength(MAX_REQUEST_LINE).maxHeaderSize(MAX_HEADERS))
                .idleTimeout(IDLE)
                .requestTimeout(WHOLE_REQUEST)
                .handle((request, response) -> serve(pages, request, response))
                .bind()
                .map(server -> (DisposableServer) server)
                .onErrorMap(cause -> new CannotListenException(listener.host(), listener.port(), cause));
    }

    private static Publisher<Void> serve(Pages pages, HttpServerRequest request, HttpServerResponse response) {
        HttpMethod method = request.method();
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            response.header(HttpHeaderNames.ALLOW, "GET, HEAD");
            return send(response, Answer.text(405, "only GET and HEAD"), false);
        }
        Answer answer =
                pages.answer("/" + request.path(), request.requestHeaders().get(HttpHeaderNames.ACCEPT));
        return send(response, answer, method.equals(HttpMethod.HEAD));
    }

    private static Publisher<Void> send(HttpServerResponse response, Answer answer, boolean headersOnly) {
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.status(answer.status())
                .header(HttpHeaderNames.CONTENT_TYPE, answer.contentType())
                .header(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
        return headersOnly ? response.send() : response.sendByteArray(Mono.just(body));
    }

    private static Set<String> metersOf(HttpListener listener, List<StagePlan> stages) {
        List<OperatorSpec> operators = stages.stream()
                .filter(stage -> listener.stages().contains(stage.name()))
                .map(StagePlan::spec)
                .toList();
        return Metrics.declaredBy(operators);
    }
}
