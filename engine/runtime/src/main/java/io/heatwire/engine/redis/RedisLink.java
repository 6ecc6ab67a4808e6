package io.heatwire.engine.redis;

import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.Batch.Origin;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.link.GroupFound;
import io.heatwire.engine.link.ScriptCall;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.plan.SourcePlan;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A pair of connections: blocking reads never share one with anything else, since everything behind them would wait. */
final class RedisLink implements StageLink {

    private static final int PENDING_SAMPLE = 10;
    private static final int IDLE_PAGE = 1000;
    private static final int CHECKS_AT_ONCE = 32;

    private final StatefulRedisConnection<byte[], byte[]> reads;
    private final StatefulRedisConnection<byte[], byte[]> commits;
    private final ScriptRunner scripts;
    private final SourcePlan.@Nullable FromStream source;
    private final long readerId;
    private final GroupFound group;
    private final EntryDecoder decoder;

    RedisLink(
            StatefulRedisConnection<byte[], byte[]> reads,
            StatefulRedisConnection<byte[], byte[]> commits,
            ScriptRunner scripts,
            SourcePlan.@Nullable FromStream source,
            long readerId,
            GroupFound group,
            EntryDecoder decoder) {
        this.reads = reads;
        this.commits = commits;
        this.scripts = scripts;
        this.source = source;
        this.readerId = readerId;
        this.group = group;
        this.decoder = decoder;
    }

    @Override
    public GroupFound group() {
        return group;
    }

    @Override
    public Mono<Batch> fresh(int count, long blockMs) {
        return read(readGroup(count, "BLOCK", Long.toString(blockMs), ">"))
                .map(found -> new Batch(found, Origin.FRESH));
    }

    @Override
    public Mono<Batch> ownPending(EntryId after, int count) {
        return read(readGroup(count, null, null, after.toString()))
                .flatMap(this::counted)
                .map(found -> new Batch(found, Origin.OWN_PENDING));
    }

    private CommandArgs<byte[], byte[]> readGroup(
            int count, @Nullable String option, @Nullable String value, String from) {
        SourcePlan.FromStream stream = stream();
        List<Object> words = new ArrayList<>(List.of("GROUP", stream.group(), stream.consumer(), "COUNT", count));
        if (option != null && value != null) {
            words.addAll(List.of(option, value));
        }
        words.addAll(List.of("STREAMS", stream.key(), from));
        return Args.of(words.toArray());
    }

    private Mono<List<Entry>> read(CommandArgs<byte[], byte[]> args) {
        return entries(CommandType.XREADGROUP, EntriesOutput.OF_XREADGROUP, args);
    }

    private Mono<List<Entry>> entries(CommandType command, int depth, CommandArgs<byte[], byte[]> args) {
        return Mono.defer(() -> reads.reactive()
                        .<List<Entry>>dispatch(command, new EntriesOutput(decoder, depth), args)
                        .singleOrEmpty())
                .defaultIfEmpty(List.of())
                .onErrorMap(RedisErrors::classify);
    }

    @Override
    public Mono<Long> mostOwnDeliveries() {
        return pending("-", "+", PENDING_SAMPLE)
                .map(found ->
                        found.values().stream().mapToLong(Long::longValue).max().orElse(0));
    }

    @Override
    public Mono<Batch> reclaim(long minIdleMs, int count, Predicate<EntryId> held) {
        return idle(minIdleMs, count, held, "-")
                .flatMap(idle -> idle.isEmpty() ? Mono.just(List.<Entry>of()) : takeOver(minIdleMs, idle))
                .map(found -> new Batch(found, Origin.RECLAIMED));
    }

    /**
     * Ids that make no progress and are not held here; XAUTOCLAIM would also purge trimmed entries of consumers that live. Pages
     * full of what is held are passed over: thousands of waiting events must not hide what a dead consumer left.
     */
    private Mono<Map<String, Long>> idle(long minIdleMs, int count, Predicate<EntryId> held, String from) {
        SourcePlan.FromStream stream = stream();
        return tree(CommandType.XPENDING, stream.key(), stream.group(), "IDLE", minIdleMs, from, "+", IDLE_PAGE)
                .flatMap(reply -> {
                    Map<String, Long> page = deliveries(reply);
                    Map<String, Long> idle = new LinkedHashMap<>();
                    page.forEach((id, row) -> {
                        if (idle.size() < count && !held.test(EntryId.parse(id))) {
                            idle.put(id, row);
                        }
                    });
                    return idle.isEmpty() && page.size() == IDLE_PAGE
                            ? idle(minIdleMs, count, held, "(" + last(page.keySet()))
                            : Mono.just(idle);
                });
    }

    private static String last(Collection<String> ids) {
        return ids.stream().reduce("-", (before, id) -> id);
    }

    private Mono<List<Entry>> takeOver(long minIdleMs, Map<String, Long> idle) {
        return gone(idle.keySet()).flatMap(gone -> {
            Map<String, Long> there = new LinkedHashMap<>(idle);
            gone.forEach(entry -> there.remove(entry.id().toString()));
            return there.isEmpty()
                    ? Mono.just(gone)
                    : claim(minIdleMs, there)
                            .map(claimed -> Stream.concat(gone.stream(), claimed.stream())
                                    .toList());
        });
    }

    /** Claiming an entry that the stream no longer has would drop it from the pending ones without a word. */
    private Mono<List<Entry>> gone(Collection<String> ids) {
        return Flux.fromIterable(ids)
                .flatMapSequential(
                        id -> entries(
                                        CommandType.XRANGE,
                                        EntriesOutput.OF_XCLAIM,
                                        Args.of(stream().key(), id, id))
                                .filter(List::isEmpty)
                                .map(none -> new Entry(EntryId.parse(id), null, Entry.Trouble.GONE, 1)),
                        CHECKS_AT_ONCE)
                .collectList();
    }

    private Mono<List<Entry>> claim(long minIdleMs, Map<String, Long> idle) {
        SourcePlan.FromStream stream = stream();
        List<Object> words = new ArrayList<>(List.of(stream.key(), stream.group(), stream.consumer(), minIdleMs));
        words.addAll(idle.keySet());
        return entries(CommandType.XCLAIM, EntriesOutput.OF_XCLAIM, Args.of(words.toArray()))
                .map(found -> withDeliveries(found, idle, 1));
    }

    private Mono<List<Entry>> counted(List<Entry> found) {
        if (found.isEmpty()) {
            return Mono.just(found);
        }
        String first = found.get(0).id().toString();
        String last = found.get(found.size() - 1).id().toString();
        return pending(first, last, found.size()).map(held -> withDeliveries(found, held, 0));
    }

    private static List<Entry> withDeliveries(List<Entry> found, Map<String, Long> held, long more) {
        return found.stream()
                .map(entry -> {
                    Long known = held.get(entry.id().toString());
                    return known == null ? entry : entry.delivered(known + more);
                })
                .toList();
    }

    private Mono<Map<String, Long>> pending(String from, String to, int count) {
        SourcePlan.FromStream stream = stream();
        return tree(CommandType.XPENDING, stream.key(), stream.group(), from, to, count, stream.consumer())
                .map(RedisLink::deliveries);
    }

    /** How often each of these pending entries was delivered, by id. */
    private static Map<String, Long> deliveries(Object reply) {
        Map<String, Long> deliveries = new LinkedHashMap<>();
        for (Object row : (List<?>) reply) {
            List<?> columns = (List<?>) row;
            deliveries.put(text(columns.get(0)), (Long) columns.get(3));
        }
        return deliveries;
    }

    private Mono<Object> tree(CommandType command, Object... words) {
        return Mono.defer(() -> reads.reactive()
                        .<List<Object>>dispatch(command, new TreeOutput(), Args.of(words))
                        .singleOrEmpty())
                .onErrorMap(RedisErrors::classify)
                .map(reply -> reply.get(0));
    }

    @Override
    public Mono<Found> lookUp(Collection<LookUp> lookUps) {
        List<LookUp> all = List.copyOf(lookUps);
        if (all.size() <= LookUpScript.KEYS_PER_CALL) {
            return scripts.lookUp(all).map(Found::new);
        }
        return Flux.range(0, (all.size() + LookUpScript.KEYS_PER_CALL - 1) / LookUpScript.KEYS_PER_CALL)
                .concatMap(i -> scripts.lookUp(part(all, i)))
                .collect(HashMap<LookUp, Answer>::new, Map::putAll)
                .map(Found::new);
    }

    private static List<LookUp> part(List<LookUp> all, int index) {
        int from = index * LookUpScript.KEYS_PER_CALL;
        return all.subList(from, Math.min(all.size(), from + LookUpScript.KEYS_PER_CALL));
    }

    @Override
    public Mono<long[]> commit(ScriptCall call) {
        return scripts.commit(call);
    }

    @Override
    public Mono<Void> interruptRead() {
        return Mono.defer(() -> commits.reactive()
                        .dispatch(CommandType.CLIENT, new TreeOutput(), Args.of("UNBLOCK", readerId, "TIMEOUT"))
                        .singleOrEmpty())
                .then()
                .onErrorComplete();
    }

    @Override
    public Mono<Void> close() {
        return RedisLinks.close(reads).then(RedisLinks.close(commits));
    }

    private SourcePlan.FromStream stream() {
        if (source == null) {
            throw new IllegalStateException("this stage reads no stream");
        }
        return source;
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
