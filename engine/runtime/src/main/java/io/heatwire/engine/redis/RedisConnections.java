package io.heatwire.engine.redis;

import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.TlsPlan;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Opens connections. None of them reconnects by itself: after a lost connection the outcome of what was under way is unknown,
 * and a client that silently sends it again, or silently drops its reply, would break the promise.
 */
final class RedisConnections {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.redis");
    private static final int REQUEST_SIZE = 1000;
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final ClientResources resources;
    private final RedisClient client;
    private final Duration timeout;
    private final RedisURI uri;
    private final Set<CompletableFuture<?>> opening = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosing;

    RedisConnections(RedisPlan plan) {
        this(
                plan,
                ClientResources.builder()
                        .ioThreadPoolSize(2)
                        .computationThreadPoolSize(2)
                        .build());
    }

    /** With these event loops and timers, which {@link #close()} ends as well. */
    RedisConnections(RedisPlan plan, ClientResources resources) {
        this.resources = resources;
        this.timeout = Duration.ofMillis(plan.commandTimeoutMs());
        this.uri = RedisAddress.of(plan);
        this.client = new ReactiveClient(resources, uri);
        this.client.setOptions(options(plan.tls()));
    }

    private ClientOptions options(@Nullable TlsPlan tls) {
        ClientOptions.Builder options = ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(REQUEST_SIZE)
                .protocolVersion(ProtocolVersion.RESP2)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(sockets())
                .timeoutOptions(TimeoutOptions.builder()
                        .timeoutCommands()
                        .connectionTimeout()
                        .build());
        if (tls != null) {
            options.sslOptions(TlsContext.options(tls, timeout));
        }
        return options.build();
    }

    /**
     * A connection whose other end is gone without a word ends by the timeout of the command that waits on it: reads and the
     * broker watch always have one under way. Keep-alive is for the commit connection of a stage that has nothing to commit.
     */
    private SocketOptions sockets() {
        return SocketOptions.builder()
                .connectTimeout(timeout)
                .keepAlive(SocketOptions.KeepAliveOptions.builder()
                        .enable()
                        .idle(Duration.ofSeconds(10))
                        .interval(Duration.ofSeconds(5))
                        .count(3)
                        .build())
                .build();
    }

    /** A connection whose commands fail after the command timeout. */
    Mono<StatefulRedisConnection<byte[], byte[]>> open() {
        return open(Duration.ZERO);
    }

    /** A connection whose commands may block this long before the command timeout begins. */
    Mono<StatefulRedisConnection<byte[], byte[]>> open(Duration blocking) {
        return Mono.defer(this::connect)
                .doOnNext(connection -> connection.setTimeout(timeout.plus(blocking)))
                .onErrorMap(RedisErrors::classify);
    }

    /** Never cancelled half way, which would leave the socket open: what nobody waits for any longer is closed when it is there. */
    private Mono<StatefulRedisConnection<byte[], byte[]>> connect() {
        // Before the look at isClosing: whoever closes sees either this one, or that none begins any more. Event
        // loops that end while a socket is being given to them forget it, and it stays open.
        CompletableFuture<Void> underWay = new CompletableFuture<>();
        opening.add(underWay);
        if (isClosing) {
            over(underWay);
            return Mono.error(new RedisException("Connection is not opened: the client is being closed"));
        }
        Mono<Attempt> attempt = Mono.fromFuture(attempt().whenComplete((what, none) -> over(underWay)), true);
        return attempt.doOnCancel(() -> attempt.flatMap(Attempt::closeUnwanted).subscribe())
                .flatMap(Attempt::connection);
    }

    private void over(CompletableFuture<Void> underWay) {
        underWay.complete(null);
        opening.removeIf(CompletableFuture::isDone);
    }

    /** A failure as a value: one that nobody waits for any longer is no fault of the program. */
    private CompletableFuture<Attempt> attempt() {
        try {
            return client.connectAsync(ByteArrayCodec.INSTANCE, uri)
                    .toCompletableFuture()
                    .handle(Attempt::new);
        } catch (RuntimeException refused) {
            return CompletableFuture.completedFuture(new Attempt(null, refused));
        }
    }

    /** What came of connecting: one of the two. */
    private record Attempt(
            @Nullable StatefulRedisConnection<byte[], byte[]> connected,
            @Nullable Throwable failure) {

        Mono<StatefulRedisConnection<byte[], byte[]>> connection() {
            return failure == null ? Mono.justOrEmpty(connected) : Mono.error(failure);
        }

        Mono<Void> closeUnwanted() {
            return connected == null ? Mono.empty() : RedisLinks.close(connected);
        }
    }

    private Mono<Void> opened() {
        return Mono.defer(() -> Mono.fromFuture(CompletableFuture.allOf(opening.toArray(new CompletableFuture<?>[0]))))
                .timeout(CLOSING)
                .onErrorComplete();
    }

    /** Opens nothing more, waits for what is being opened, and closes everything. */
    Mono<Void> close() {
        return Mono.fromRunnable(() -> isClosing = true)
                .then(opened())
                .then(closeClient())
                .then(closeResources());
    }

    private Mono<Void> closeClient() {
        return patiently(Mono.fromCompletionStage(() -> client.shutdownAsync(0, 2, TimeUnit.SECONDS)), "client");
    }

    private Mono<Void> closeResources() {
        return patiently(
                Mono.create(sink -> resources.shutdown(0, 2, TimeUnit.SECONDS).addListener(done -> sink.success())),
                "event loops");
    }

    /** Closing must never hold up a stop or a restart, whatever state a broken connection has left the client in. */
    static Mono<Void> patiently(Mono<Void> closing, String what) {
        return closing.timeout(
                        CLOSING.plus(CLOSING),
                        Mono.fromRunnable(() -> LOG.warn("the {} did not close in time; left behind", what)))
                .onErrorComplete();
    }
}
