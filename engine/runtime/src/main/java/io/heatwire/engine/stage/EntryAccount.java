package io.heatwire.engine.stage;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.commit.Decided;
import io.heatwire.engine.health.StageAccount;
import io.heatwire.engine.link.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What became of every entry a stage has read. The reads are counted as numbers, what became of them by the settlement, and what is
 * under way is known by its ids: so an entry that is forgotten, or settled twice, leaves a difference. Each step is taken as a
 * whole: nobody sees half of one.
 */
final class EntryAccount {

    private final Tally sums = new Tally();
    private final Set<EntryId> held = new HashSet<>();
    private long read;

    /** Numbers of entries by what became of them. */
    static final class Tally {
        long committed;
        long duplicate;
        long dead;
        long refused;
        long lost;
        long givenUp;

        private void add(Tally other) {
            committed += other.committed;
            duplicate += other.duplicate;
            dead += other.dead;
            refused += other.refused;
            lost += other.lost;
            givenUp += other.givenUp;
        }

        private long all() {
            return committed + duplicate + dead + refused + lost + givenUp;
        }
    }

    synchronized void read(List<Entry> entries) {
        read += entries.size();
        entries.forEach(entry -> held.add(entry.id()));
    }

    /** A commit has answered for these entries. */
    synchronized void settled(Tally tally, List<Decided> entries) {
        sums.add(tally);
        entries.forEach(entry -> held.remove(entry.id()));
    }

    /** What was under way went with its connection: it is pending, and is read again. */
    synchronized void givenUp() {
        sums.givenUp += held.size();
        held.clear();
    }

    synchronized long inFlight() {
        return held.size();
    }

    synchronized StageAccount of(String stage, long dropped) {
        return new StageAccount(
                stage,
                read,
                Math.max(0, sums.committed - dropped),
                sums.duplicate,
                sums.dead,
                dropped,
                sums.refused,
                sums.lost,
                sums.givenUp,
                held.size(),
                read - sums.all() - held.size(),
                false);
    }
}
