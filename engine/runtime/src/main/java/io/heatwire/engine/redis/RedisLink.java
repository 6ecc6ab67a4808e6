package io.heatwire.engine.redis;

import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.Batch.Origin;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.link.GroupFound;
import io.heatwire.engine.link.HandedBack;
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
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A pair of connections: blocking reads never share one with anything else, since everything behind them would wait. */
final class RedisLink implements StageLink {

    private static final int PENDING_SAMPLE = 10;
    private static final int IDLE_PAGE = 1000;

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
    public Mono<Batch> peek(EntryId id) {
        String at = id.toString();
        return pending(at, at, 1)
                .flatMap(held -> held.isEmpty()
                        ? Mono.just(List.<Entry>of())
                        : entries(
                                        CommandType.XRANGE,
                                        EntriesOutput.OF_XCLAIM,
                                        Args.of(stream().key(), at, at))
                                .map(found -> withDeliveries(found, held, 1)))
                .map(found -> new Batch(found, Origin.OWN_PENDING));
    }

    @Override
    public Mono<Long> mostOwnDeliveries() {
        return pending("-", "+", PENDING_SAMPLE)
                .map(found ->
                        found.values().stream().mapToLong(Long::longValue).max().orElse(0));
    }

    @Override
    public Mono<Batch> reclaim(long minIdleMs, int count, long togetherUpTo, Predicate<EntryId> held) {
        return idle(minIdleMs, held, "-")
                .map(idle -> together(idle, count, togetherUpTo))
                .flatMap(idle -> idle.isEmpty() ? Mono.just(List.<Entry>of()) : takeOver(minIdleMs, idle))
                .map(found -> new Batch(found, Origin.RECLAIMED));
    }

    /**
     * Ids that make no progress and are not held here; XAUTOCLAIM would also purge trimmed entries of consumers that live. Pages
     * full of what is held are passed over: thousands of waiting events must not hide what a dead consumer left.
     */
    private Mono<Map<String, Long>> idle(long minIdleMs, Predicate<EntryId> held, String from) {
        SourcePlan.FromStream stream = stream();
        return tree(CommandType.XPENDING, stream.key(), stream.group(), "IDLE", minIdleMs, from, "+", IDLE_PAGE)
                .flatMap(reply -> {
                    Map<String, Long> page = deliveries(reply);
                    Map<String, Long> idle = new LinkedHashMap<>(page);
                    idle.keySet().removeIf(id -> held.test(EntryId.parse(id)));
                    return idle.isEmpty() && page.size() == IDLE_PAGE
                            ? idle(minIdleMs, held, "(" + last(page.keySet()))
                            : Mono.just(idle);
                });
    }

    /** The first of these, as many as may share a batch. */
    private static Map<String, Long> together(Map<String, Long> idle, int count, long togetherUpTo) {
        Map<String, Long> batch = new LinkedHashMap<>();
        for (Map.Entry<String, Long> row : idle.entrySet()) {
            boolean alone = row.getValue() > togetherUpTo;
            if (batch.size() == count || (alone && !batch.isEmpty())) {
                break;
            }
            batch.put(row.getKey(), row.getValue());
            if (alone) {
                break;
            }
        }
        return batch;
    }

    private static String last(Collection<String> ids) {
        return ids.stream().reduce("-", (before, id) -> id);
    }

    private Mono<List<Entry>> takeOver(long minIdleMs, Map<String, Long> idle) {
        return scripts.claim(stream(), minIdleMs, idle.keySet()).map(found -> withDeliveries(found, idle, 1));
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
    public Mono<String> takeName(String owner, String ended) {
        return scripts.rare(ConsumerScripts.TAKE, () -> ConsumerScripts.take(stream(), owner, ended))
                .map(RedisLink::text);
    }

    @Override
    public Mono<Void> releaseName(String owner) {
        return scripts.rare(ConsumerScripts.RELEASE, () -> ConsumerScripts.release(stream(), owner))
                .then();
    }

    @Override
    public Flux<HandedBack> handBack(String owner) {
        return handBackFrom(owner, "-")
                .expand(page -> page.isLast() ? Mono.empty() : handBackFrom(owner, "(" + page.lastId()))
                .map(HandBackPage::handedBack);
    }

    private Mono<HandBackPage> handBackFrom(String owner, String id) {
        return scripts.rare(ConsumerScripts.HAND_BACK, () -> ConsumerScripts.handBack(stream(), owner, id))
                .map(reply -> HandBackPage.read((List<?>) reply));
    }

    /** One answer of the hand-back script. */
    private record HandBackPage(HandedBack handedBack, boolean isLast, String lastId) {
        static HandBackPage read(List<?> reply) {
            HandedBack handedBack = new HandedBack((Long) reply.get(1), (Long) reply.get(2));
            return new HandBackPage(handedBack, (Long) reply.get(0) < ConsumerScripts.PAGE, text(reply.get(3)));
        }
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
