package io.heatwire.engine.redis;

import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.plan.RedisPlan;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One connection for any command: housekeeping of the engine, the demo's upstream services, tests. Not for the hot path. */
public final class RedisAccess implements ControlLink {

    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final Mono<Void> closeClient;

    RedisAccess(StatefulRedisConnection<byte[], byte[]> connection, Mono<Void> closeClient) {
        this.connection = connection;
        this.closeClient = closeClient;
    }

    /** Connects with a client of its own, which {@link #close()} ends as well. */
    public static Mono<RedisAccess> connect(RedisPlan plan) {
        return Mono.fromSupplier(() -> new RedisConnections(plan))
                .flatMap(connections -> connections
                        .open()
                        .map(connection -> new RedisAccess(connection, connections.close()))
                        .onErrorResume(failure -> connections.close().then(Mono.error(failure))));
    }

    @Override
    public Mono<Object> command(String name, String... args) {
        return reply(name, args).mapNotNull(RedisAccess::plain);
    }

    /**
     * Runs any command and keeps the bytes of its reply as they are: not everything in Redis is text.
     *
     * @return the reply as Long, byte array, or List of such (null inside a list for nil); empty for nil; fails with {@link
     *     LinkException}
     */
    public Mono<Object> bytes(String name, String... args) {
        return reply(name, args).mapNotNull(RedisAccess::raw);
    }

    /**
     * Runs a script, which the server is given when it does not know it.
     *
     * @return as {@link #command}
     */
    public Mono<Object> script(String text, List<String> keys, String... args) {
        Script script = Script.of(text);
        List<Object> words = new ArrayList<>(List.of(script.sha(), keys.size()));
        words.addAll(keys);
        words.addAll(List.of(args));
        return ScriptRunner.rare(connection, script, () -> Args.of(words.toArray()))
                .mapNotNull(RedisAccess::plain);
    }

    private Mono<Object> reply(String name, String... args) {
        return Mono.defer(() -> connection
                        .reactive()
                        .<List<Object>>dispatch(new Keyword(name), new TreeOutput(), Args.of((Object[]) args))
                        .singleOrEmpty())
                .onErrorMap(RedisErrors::classify)
                .mapNotNull(reply -> reply.isEmpty() ? null : reply.get(0));
    }

    @Override
    public Mono<Boolean> removeIdleConsumer(String stream, String group, String consumer, long idleMs) {
        return ScriptRunner.rare(
                        connection,
                        ConsumerScripts.REMOVE_IDLE,
                        () -> ConsumerScripts.removeIdle(stream, group, consumer, idleMs))
                .map(removed -> removed.equals(1L));
    }

    @Override
    public Mono<Void> close() {
        return RedisLinks.close(connection).then(closeClient);
    }

    private static @Nullable Object plain(Object reply) {
        return tree(reply, bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static @Nullable Object raw(Object reply) {
        return tree(reply, bytes -> bytes);
    }

    private static @Nullable Object tree(Object reply, Function<byte[], Object> leaf) {
        if (reply instanceof TreeOutput.Nil) {
            return null;
        }
        if (reply instanceof byte[] bytes) {
            return leaf.apply(bytes);
        }
        if (reply instanceof List<?> list) {
            List<@Nullable Object> tree = new ArrayList<>(list.size());
            list.forEach(each -> tree.add(tree(each, leaf)));
            return tree;
        }
        return reply;
    }

    /** A command name that is not in the client's own list. */
    private record Keyword(String word) implements ProtocolKeyword {
        @Override
        public byte[] getBytes() {
            return word.getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
