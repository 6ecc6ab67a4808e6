package io.heatwire.engine.link;

import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import java.util.Collection;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;

/**
 * A pair of connections for one epoch of one stage: one for blocking reads, one for look-ups and commits. After any failure
 * other than {@link LinkException.Kind#RETRY} it is closed and never used again.
 */
public interface StageLink {

    /** How the opening of this link found the consumer group. */
    GroupFound group();

    /** Entries never delivered before; waits up to {@code blockMs} and is empty when none came. */
    Mono<Batch> fresh(int count, long blockMs);

    /** Entries pending for this consumer with ids above {@code after}, with their delivery counts. */
    Mono<Batch> ownPending(EntryId after, int count);

    /** The largest delivery count among this consumer's first pending entries, 0 without any; counts nothing itself. */
    Mono<Long> mostOwnDeliveries();

    /**
     * Takes over entries that have been pending for at least {@code minIdleMs}, with their delivery counts: those of other
     * consumers, and those that were delivered to this one and never arrived. An entry that the stream no longer has is gone.
     *
     * @param held whether this epoch holds the entry already
     */
    Mono<Batch> reclaim(long minIdleMs, int count, Predicate<EntryId> held);

    /** Answers to all look-ups in one round trip; a failed look-up is an answer, a lost connection an error. */
    Mono<Found> lookUp(Collection<LookUp> lookUps);

    /** Runs the stage's commit script. */
    Mono<long[]> commit(ScriptCall call);

    /** Wakes a blocked read, so that a stop need not wait for it. */
    Mono<Void> interruptRead();

    /** Closes both connections; never fails. */
    Mono<Void> close();
}
