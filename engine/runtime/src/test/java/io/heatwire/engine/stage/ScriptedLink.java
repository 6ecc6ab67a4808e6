package io.heatwire.engine.stage;

import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.link.GroupFound;
import io.heatwire.engine.link.HandedBack;
import io.heatwire.engine.link.ScriptCall;
import io.heatwire.engine.link.StageLink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A link that plays a script, for tests of timing and demand in virtual time. What Redis guarantees is tested on Redis, never
 * here.
 */
final class ScriptedLink implements StageLink {

    final AtomicInteger freshReads = new AtomicInteger();
    final AtomicInteger reclaims = new AtomicInteger();
    final List<Integer> counts = new ArrayList<>();
    final List<List<String>> commits = new ArrayList<>();
    final List<Long> lookUpsAtMs = new ArrayList<>();
    final Queue<Batch> batches = new ArrayDeque<>();
    Function<LookUp, Answer> answers = lookUp -> Answer.MISSING;
    Function<Integer, Mono<Void>> commitGate = number -> Mono.empty();
    final Map<Integer, long[]> commitReplies = new HashMap<>();
    Mono<Void> lookUpGate = Mono.empty();
    Mono<Void> readGate = Mono.empty();
    final List<Long> readsAtMs = new ArrayList<>();
    Mono<Batch> peek = Mono.just(batch(Batch.Origin.OWN_PENDING));
    Mono<Batch> whenEmpty = Mono.never();
    String holder = "";
    Mono<Void> nameGate = Mono.empty();
    final List<Long> askedForNameAtMs = new ArrayList<>();
    final List<String> released = new ArrayList<>();
    Flux<HandedBack> handBack = Flux.empty();
    java.util.function.LongSupplier clock = () -> 0;

    static Batch batch(Batch.Origin origin, long... ids) {
        List<Entry> entries = new ArrayList<>();
        for (long id : ids) {
            EntryId entryId = new EntryId(id, 0);
            entries.add(new Entry(entryId, Event.of(entryId, Map.of("n", "" + id)), Entry.Trouble.NONE, 1));
        }
        return new Batch(entries, origin);
    }

    @Override
    public GroupFound group() {
        return GroupFound.NOTHING_TO_FIND;
    }

    @Override
    public Mono<Batch> fresh(int count, long blockMs) {
        return reading(Mono.defer(() -> {
            freshReads.incrementAndGet();
            counts.add(count);
            Batch next = batches.poll();
            return next == null ? whenEmpty : Mono.just(next);
        }));
    }

    private Mono<Batch> reading(Mono<Batch> read) {
        return Mono.defer(() -> {
            readsAtMs.add(clock.getAsLong());
            return readGate.then(read);
        });
    }

    @Override
    public Mono<Batch> ownPending(EntryId after, int count) {
        return reading(Mono.just(batch(Batch.Origin.OWN_PENDING)));
    }

    @Override
    public Mono<Batch> peek(EntryId id) {
        return peek;
    }

    @Override
    public Mono<Long> mostOwnDeliveries() {
        return Mono.just(0L);
    }

    @Override
    public Mono<Batch> reclaim(long minIdleMs, int count, long togetherUpTo, Predicate<EntryId> held) {
        return reading(Mono.fromSupplier(() -> {
            reclaims.incrementAndGet();
            return batch(Batch.Origin.RECLAIMED);
        }));
    }

    @Override
    public Mono<Found> lookUp(Collection<LookUp> lookUps) {
        lookUpsAtMs.add(clock.getAsLong());
        Map<LookUp, Answer> found = new HashMap<>();
        lookUps.forEach(lookUp -> found.put(lookUp, answers.apply(lookUp)));
        return Mono.defer(() -> lookUpGate).thenReturn(new Found(found));
    }

    @Override
    public Mono<long[]> commit(ScriptCall call) {
        return Mono.defer(() -> committed(call));
    }

    private Mono<long[]> committed(ScriptCall call) {
        List<String> ids = call.args().stream()
                .map(arg -> new String(arg, StandardCharsets.UTF_8))
                .filter(arg -> arg.endsWith("-0"))
                .toList();
        int number = commits.size();
        commits.add(ids);
        long[] reply = new long[ids.size() + 1];
        java.util.Arrays.fill(reply, 1, reply.length, 1);
        return commitGate.apply(number).thenReturn(commitReplies.getOrDefault(number, reply));
    }

    @Override
    public Mono<Void> interruptRead() {
        return Mono.empty();
    }

    @Override
    public Mono<String> takeName(String owner, String ended) {
        return Mono.defer(() -> {
            askedForNameAtMs.add(clock.getAsLong());
            return nameGate.thenReturn(holder.isEmpty() || holder.equals(ended) ? owner : holder);
        });
    }

    @Override
    public Mono<Void> releaseName(String owner) {
        return Mono.fromRunnable(() -> released.add(owner));
    }

    @Override
    public Flux<HandedBack> handBack(String owner) {
        return Flux.defer(() -> handBack);
    }

    @Override
    public Mono<Void> close() {
        return Mono.empty();
    }
}
