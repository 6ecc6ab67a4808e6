package io.heatwire.engine.redis;

import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.link.GroupFound;
import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SourcePlan;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Opens the connections of the engine: a pair for each epoch of a stage, and single ones for housekeeping. */
public final class RedisLinks implements LinkFactory {

    private final RedisConnections connections;

    /** Links to this server; nothing is opened yet. */
    public RedisLinks(RedisPlan plan) {
        this.connections = new RedisConnections(plan);
    }

    @Override
    public Mono<StageLink> open(SourcePlan.@Nullable FromStream source, String script) {
        Duration blocking = source == null ? Duration.ZERO : Duration.ofMillis(source.blockMs());
        return connections
                .open()
                .flatMap(commits -> connections
                        .open(blocking)
                        .flatMap(reads -> link(reads, commits, source, script)
                                .onErrorResume(failure -> close(reads).then(Mono.error(failure))))
                        .onErrorResume(failure -> close(commits).then(Mono.error(failure))));
    }

    /** A connection for housekeeping; closing it leaves the others open. */
    public Mono<ControlLink> openControl() {
        return connections.open().map(connection -> new RedisAccess(connection, Mono.empty()));
    }

    /** Closes everything. */
    public Mono<Void> close() {
        return connections.close();
    }

    private static Mono<StageLink> link(
            StatefulRedisConnection<byte[], byte[]> reads,
            StatefulRedisConnection<byte[], byte[]> commits,
            SourcePlan.@Nullable FromStream source,
            String script) {
        ScriptRunner runner = new ScriptRunner(commits, script);
        return runner.load()
                .then(source == null ? Mono.just(GroupFound.NOTHING_TO_FIND) : runner.group(source))
                .flatMap(group -> clientId(reads)
                        .map(readerId -> new RedisLink(
                                reads,
                                commits,
                                runner,
                                source,
                                readerId,
                                group,
                                new EntryDecoder(source == null ? Map.of() : source.aliases()))));
    }

    private static Mono<Long> clientId(StatefulRedisConnection<byte[], byte[]> reads) {
        return Mono.defer(() -> reads.reactive().clientId()).onErrorMap(RedisErrors::classify);
    }

    static Mono<Void> close(StatefulRedisConnection<byte[], byte[]> connection) {
        return RedisConnections.patiently(Mono.fromCompletionStage(connection::closeAsync), "connection");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
