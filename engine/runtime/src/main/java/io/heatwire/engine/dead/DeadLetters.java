package io.heatwire.engine.dead;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.dead.Requeued.Result;
import io.heatwire.engine.offset.SavedOffset;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.heatwire.engine.redis.RedisAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The dead letters of one stage. All methods fail with {@link io.heatwire.engine.link.LinkException}. */
public final class DeadLetters {

    /** Heads in one call: about a millisecond of everybody's Redis. */
    private static final int PAGE = 200;

    private static final int DELETES_PER_CALL = 500;

    private final RedisAccess access;
    private final StagePlan stage;
    private final long inputCap;

    /**
     * The letters of this stage.
     *
     * @param plan the plan the stage belongs to: its input stream may be capped there
     */
    public DeadLetters(RedisAccess access, EnginePlan plan, StagePlan stage) {
        this.access = access;
        this.stage = stage;
        this.inputCap = stage.source() instanceof SourcePlan.FromStream source ? cap(plan, source.key()) : 0;
    }

    private static long cap(EnginePlan plan, String key) {
        return plan.streams().stream()
                .filter(stream -> stream.key().equals(key))
                .map(StreamPlan::policy)
                .filter(Policy.Cap.class::isInstance)
                .mapToLong(policy -> ((Policy.Cap) policy).entries())
                .findFirst()
                .orElse(0);
    }

    /**
     * How many there are, how old, and why.
     *
     * @param scanAtMost over how many of the newest the reasons are counted
     */
    public Mono<DeadSummary> summary(int scanAtMost) {
        return Mono.zip(
                        nowMs(),
                        access.command("XLEN", stage.deadStream()).cast(Long.class),
                        heads(true, EntryId.ZERO, LAST, 1)
                                .next()
                                .map(LetterHead::id)
                                .defaultIfEmpty(EntryId.ZERO),
                        newestFirst(scanAtMost).collectList())
                .map(facts -> Summaries.of(facts.getT1(), facts.getT2(), facts.getT3(), facts.getT4()));
    }

    private static final EntryId LAST = new EntryId(-1, -1);

    /** Now, in ms by the clock of Redis. */
    public Mono<Long> nowMs() {
        return access.command("TIME").map(reply -> {
            List<?> parts = (List<?>) reply;
            return Long.parseLong(String.valueOf(parts.get(0))) * 1000
                    + Long.parseLong(String.valueOf(parts.get(1))) / 1000;
        });
    }

    /** Heads of the newest letters, the newest first. */
    public Flux<LetterHead> newestFirst(int atMost) {
        return heads(false, LAST, EntryId.ZERO, atMost);
    }

    /** Heads of all letters there are now, the oldest first; a letter written from now on is not among them. */
    public Flux<LetterHead> oldestFirst() {
        return newestFirst(1).next().flatMapMany(newest -> heads(true, EntryId.ZERO, newest.id(), Integer.MAX_VALUE));
    }

    private Flux<LetterHead> heads(boolean forward, EntryId from, EntryId to, int atMost) {
        return page(forward, from.toString(), to, Math.min(PAGE, atMost))
                .expand(page -> page.size() < PAGE
                        ? Mono.empty()
                        : page(forward, "(" + page.get(page.size() - 1).id(), to, PAGE))
                .concatMapIterable(page -> page, 1)
                .take(atMost);
    }

    private Mono<List<LetterHead>> page(boolean forward, String from, EntryId to, int size) {
        return access.script(
                        DeadLua.INDEX,
                        List.of(stage.deadStream()),
                        forward ? "XRANGE" : "XREVRANGE",
                        from,
                        to.toString(),
                        Integer.toString(size))
                .map(reply -> heads((List<?>) reply));
    }

    private static List<LetterHead> heads(List<?> flat) {
        List<LetterHead> heads = new ArrayList<>(flat.size() / 2);
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            heads.add(new LetterHead(EntryId.parse(String.valueOf(flat.get(i))), String.valueOf(flat.get(i + 1))));
        }
        return heads;
    }

    /** The letter with all its bytes; empty when there is none. */
    public Mono<DeadLetter> letter(EntryId id) {
        return access.bytes("XRANGE", stage.deadStream(), id.toString(), id.toString())
                .mapNotNull(reply -> ((List<?>) reply).isEmpty() ? null : ((List<?>) reply).get(0))
                .map(entry -> LetterReader.read(id, flat((List<?>) entry)));
    }

    private static List<byte[]> flat(List<?> entry) {
        return ((List<?>) Objects.requireNonNull(entry.get(1)))
                .stream().map(each -> (byte[]) each).toList();
    }

    /**
     * Puts the letter's entry back into the stage's group: exactly once, however often and by however many it is asked for, and
     * whatever becomes of the connection.
     */
    public Mono<Requeued> requeue(EntryId id, Consent consent) {
        if (!(stage.source() instanceof SourcePlan.FromStream source)) {
            return Mono.just(new Requeued(Result.NO_INPUT, List.of()));
        }
        return access.script(
                        DeadLua.REQUEUE,
                        List.of(stage.deadStream(), source.key(), SavedOffset.key(source.key(), source.group())),
                        id.toString(),
                        source.group(),
                        consent.again() ? "1" : "0",
                        consent.toAllGroups() ? "1" : "0",
                        Long.toString(inputCap),
                        Integer.toString(SavedOffset.MOST_IDS))
                .map(reply -> requeued((List<?>) reply));
    }

    private static Requeued requeued(List<?> reply) {
        List<String> detail =
                reply.subList(1, reply.size()).stream().map(String::valueOf).toList();
        return new Requeued(Result.valueOf(String.valueOf(reply.get(0))), detail);
    }

    /** Deletes these letters; how many there were. */
    public Mono<Long> drop(List<EntryId> ids) {
        return Flux.fromIterable(ids)
                .buffer(DELETES_PER_CALL)
                .concatMap(some -> access.command("XDEL", args(some)), 0)
                .cast(Long.class)
                .reduce(0L, Long::sum);
    }

    private String[] args(List<EntryId> ids) {
        List<String> args = new ArrayList<>(List.of(stage.deadStream()));
        ids.forEach(id -> args.add(id.toString()));
        return args.toArray(new String[0]);
    }
}
