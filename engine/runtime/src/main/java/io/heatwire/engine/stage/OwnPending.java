package io.heatwire.engine.stage;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.plan.SourcePlan;
import reactor.core.publisher.Mono;

/** What was delivered to this consumer before the epoch began and never settled: read again from its start, once. */
final class OwnPending {

    private final Stage stage;
    private final SourcePlan.FromStream source;
    private final StageLink link;
    private final Suspects suspects;
    private EntryId upTo = EntryId.ZERO;
    private int count;
    private long takenUp;
    private boolean isExhausted;

    OwnPending(Stage stage, SourcePlan.FromStream source, StageLink link, Suspects suspects) {
        this.stage = stage;
        this.source = source;
        this.link = link;
        this.suspects = suspects;
    }

    /** Whether all of it has been read. */
    boolean isExhausted() {
        return isExhausted;
    }

    /** Whether each entry is read alone, since one of them may be what kills the process. */
    boolean isReadOneByOne() {
        return count == 1;
    }

    Mono<Batch> read() {
        return counted().then(Mono.defer(() -> link.ownPending(upTo, count))).doOnNext(this::found);
    }

    private Mono<Void> counted() {
        return count > 0
                ? Mono.empty()
                : link.mostOwnDeliveries()
                        .doOnNext(most -> count = suspects.mayBe(most) ? 1 : source.batch())
                        .then();
    }

    private void found(Batch batch) {
        if (batch.isEmpty()) {
            isExhausted = true;
            if (takenUp > 0) {
                stage.log().info("took up {} entries that were pending for {}", takenUp, source.consumer());
            }
        } else {
            upTo = batch.entries().get(batch.entries().size() - 1).id();
            takenUp += batch.entries().size();
        }
    }
}
