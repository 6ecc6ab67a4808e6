package io.heatwire.engine.redis;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SourcePlan;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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
    public Mono<StageLink> open(SourcePlan.@Nullable FromStream source, EntryId groupFrom, String script) {
        Duration blocking = source == null ? Duration.ZERO : Duration.ofMillis(source.blockMs());
        return connections
                .open()
                .flatMap(commits -> connections
                        .open(blocking)
                        .flatMap(reads -> link(reads, commits, source, groupFrom, script)
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
            EntryId groupFrom,
            String script) {
        ScriptRunner runner = new ScriptRunner(commits, script);
        return runner.load()
                .then(createGroup(commits, source, groupFrom))
                .flatMap(created -> Mono.zip(clientId(reads), delivered(commits, source, created))
                        .map(facts -> new RedisLink(
                                reads,
                                commits,
                                runner,
                                source,
                                facts.getT1(),
                                created,
                                facts.getT2(),
                                new EntryDecoder(source == null ? Map.of() : source.aliases()))));
    }

    /** Whether it had to be created; a group that is there already is what is wanted. */
    private static Mono<Boolean> createGroup(
            StatefulRedisConnection<byte[], byte[]> commits, SourcePlan.@Nullable FromStream source, EntryId from) {
        if (source == null) {
            return Mono.just(false);
        }
        return Mono.defer(() -> commits.reactive()
                        .<String>dispatch(
                                CommandType.XGROUP,
                                new StatusOutput<>(ByteArrayCodec.INSTANCE),
                                Args.of("CREATE", source.key(), source.group(), from, "MKSTREAM"))
                        .singleOrEmpty())
                .thenReturn(true)
                .onErrorMap(RedisErrors::classify)
                .onErrorResume(
                        LinkException.class,
                        failure ->
                                failure.code().equals(RedisErrors.BUSYGROUP) ? Mono.just(false) : Mono.error(failure));
    }

    /** Where a group that is there already stands; who may not ask begins at the start of the stream if the group is lost. */
    private static Mono<EntryId> delivered(
            StatefulRedisConnection<byte[], byte[]> commits, SourcePlan.@Nullable FromStream source, boolean created) {
        if (source == null || created) {
            return Mono.just(EntryId.ZERO);
        }
        return new RedisAccess(commits, Mono.empty())
                .command("XINFO", "GROUPS", source.key())
                .map(rows -> ((List<?>) rows)
                        .stream()
                                .map(row -> (List<?>) row)
                                .filter(row -> source.group().equals(column(row, "name")))
                                .map(row -> EntryId.parse(column(row, "last-delivered-id")))
                                .findFirst()
                                .orElse(EntryId.ZERO))
                .onErrorReturn(
                        failure -> failure instanceof LinkException link && link.kind() == LinkException.Kind.REFUSED,
                        EntryId.ZERO);
    }

    private static String column(List<?> row, String name) {
        return String.valueOf(row.get(row.indexOf(name) + 1));
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
