package io.heatwire.engine.link;

import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import java.util.Collection;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
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

    /** This entry, if it is pending for this consumer: read without a delivery, and with the count the next one would have. */
    Mono<Batch> peek(EntryId id);

    /** The largest delivery count among this consumer's first pending entries, 0 without any; counts nothing itself. */
    Mono<Long> mostOwnDeliveries();

    /**
     * Takes over entries that have been pending for at least {@code minIdleMs}, with their delivery counts: those of other
     * consumers, and those that were delivered to this one and never arrived. An entry that the stream no longer has is gone.
     *
     * @param togetherUpTo an entry that was delivered more often comes alone
     * @param held whether this epoch holds the entry already
     */
    Mono<Batch> reclaim(long minIdleMs, int count, long togetherUpTo, Predicate<EntryId> held);

    /** Answers to all look-ups in one round trip; a failed look-up is an answer, a lost connection an error. */
    Mono<Found> lookUp(Collection<LookUp> lookUps);

    /** Runs the stage's commit script. */
    Mono<long[]> commit(ScriptCall call);

    /** Wakes a blocked read, so that a stop need not wait for it. */
    Mono<Void> interruptRead();

    /**
     * Takes the lease of this consumer's name, or renews it: for ten seconds from now on nobody else gets it.
     *
     * @param owner who asks; the same text at each renewal
     * @param ended an owner that is known to have ended, whose lease may be taken over; empty for none
     * @return who has the lease now: {@code owner}, or another
     */
    Mono<String> takeName(String owner, String ended);

    /** Gives the lease up, if it is this owner's. */
    Mono<Void> releaseName(String owner);

    /**
     * Makes what is pending for this consumer look as if nobody had touched it for years, so that other consumers of the group
     * take it over at once. Delivery counts stay as they are. Does nothing while another owner has the lease of the name.
     *
     * @return what Redis confirmed, piece by piece
     */
    Flux<HandedBack> handBack(String owner);

    /** Closes both connections; never fails. */
    Mono<Void> close();
}
