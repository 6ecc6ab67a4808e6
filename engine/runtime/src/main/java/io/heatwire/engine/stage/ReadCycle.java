package io.heatwire.engine.stage;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.commit.Decided;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.plan.SourcePlan;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * What to read next in one epoch: own pending entries first, then new ones, and now and then what a dead consumer left. All of
 * it one read at a time on one connection, so that order and demand stay simple.
 */
final class ReadCycle {

    private final Stage stage;
    private final SourcePlan.FromStream source;
    private final StageLink link;
    private final Mono<Void> stop;
    private final Patience patience;
    private final Suspects suspects;
    private final OwnPending ownPending;
    private final Reclaim reclaim;
    private final ReadSize size;
    private final ReadRecord reads;
    private final Set<EntryId> held = ConcurrentHashMap.newKeySet();

    /**
     * A cycle for one epoch.
     *
     * @param stop ends the wait of a read that is refused for now
     */
    ReadCycle(Stage stage, SourcePlan.FromStream source, StageLink link, Mono<Void> stop) {
        this.stage = stage;
        this.source = source;
        this.link = link;
        this.stop = stop;
        this.patience = new Patience(stage, Call.READ);
        this.suspects = new Suspects(stage, source);
        this.ownPending = new OwnPending(stage, source, link, suspects);
        this.reclaim = new Reclaim(stage, source, link, suspects);
        this.size = new ReadSize(source.batch());
        this.reads = new ReadRecord(stage);
    }

    /** Takes note that these are read and settled. */
    void settled(List<Decided> entries) {
        entries.forEach(entry -> held.remove(entry.id()));
    }

    /** Takes note that the stage has seen this batch through as far as it can: what had to be alone with it is alone no more. */
    void passed() {
        suspects.pass();
    }

    /** The entry an earlier epoch halted at, if it is still there to be decided: looking at it again counts no delivery. */
    Mono<Batch> again(EntryId halted) {
        return patience.until(stop, Mono.defer(() -> link.peek(halted))).doOnNext(batch -> {
            hold(batch);
            stage.status().took(batch.entries());
        });
    }

    /** The next batch, perhaps empty; none at all when reads are refused and there is a stop. */
    Mono<Batch> next() {
        return suspects.passed()
                .then(patience.until(stop, Mono.defer(this::timedRead)))
                .doOnError(failure -> reads.failed());
    }

    private Mono<Batch> timedRead() {
        long from = System.nanoTime();
        return read().doOnNext(batch -> turned(batch, (System.nanoTime() - from) / 1_000_000));
    }

    private Mono<Batch> read() {
        if (!ownPending.isExhausted()) {
            return ownPending.read();
        }
        long dueInMs = reclaim.dueInMs();
        return dueInMs <= 0
                ? reclaim.read(size.entries(), held::contains)
                : link.fresh(size.entries(), Math.min(source.blockMs(), dueInMs));
    }

    private void turned(Batch batch, long tookMs) {
        if (batch.isEmpty() && batch.origin() == Batch.Origin.FRESH && held.isEmpty()) {
            stage.progressed();
        }
        hold(batch);
        if (isSuspect(batch)) {
            suspects.keepAlone();
        }
        size.fit(batch);
        reads.turned(batch, tookMs);
    }

    private void hold(Batch batch) {
        batch.entries().forEach(entry -> held.add(entry.id()));
    }

    private boolean isSuspect(Batch batch) {
        return batch.entries().size() == 1
                && batch.origin() != Batch.Origin.FRESH
                && (ownPending.isReadOneByOne()
                        || suspects.mayBe(batch.entries().get(0).deliveries() - 1));
    }
}
