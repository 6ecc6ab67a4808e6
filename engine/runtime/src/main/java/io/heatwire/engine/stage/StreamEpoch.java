package io.heatwire.engine.stage;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.commit.Decided;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.plan.SourcePlan;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Read, decide, commit: one batch being committed, one waiting for it, one being read. */
final class StreamEpoch implements Epoch {

    private final Stage stage;
    private final SourcePlan.FromStream source;
    private final Deciding deciding;
    private final CommitLane lane;
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private volatile boolean reading = true;

    StreamEpoch(Stage stage, SourcePlan.FromStream source, EventOperator operator, CommitLane lane) {
        this.stage = stage;
        this.source = source;
        this.deciding = new Deciding(stage, operator);
        this.lane = lane;
    }

    @Override
    public Mono<Void> run(StageLink link) {
        ReadCycle cycle = new ReadCycle(stage, source, link, stop.asMono());
        Mono<Void> work = cycle.next()
                .repeat(() -> reading)
                .publishOn(stage.worker(), 1)
                .concatMap(batch -> process(link, cycle, batch), 0)
                .then();
        return Mono.defer(() -> haltedBefore(link, cycle)).then(work);
    }

    /** Nothing else is read before the entry that halted the stage has been passed. */
    private Mono<Void> haltedBefore(StageLink link, ReadCycle cycle) {
        EntryId halted = stage.status().haltedAt();
        return halted == null
                ? Mono.empty()
                : cycle.again(halted).publishOn(stage.worker()).flatMap(batch -> process(link, cycle, batch));
    }

    private Mono<Void> process(StageLink link, ReadCycle cycle, Batch batch) {
        return batch.isEmpty()
                ? Mono.empty()
                : deciding.decide(link, batch.entries())
                        .flatMap(decided -> lane.commit(link, decided).doOnSuccess(done -> passed(cycle, decided)));
    }

    private static void passed(ReadCycle cycle, List<Decided> decided) {
        cycle.settled(decided);
        cycle.passed();
    }

    @Override
    public void stopReading() {
        reading = false;
        stop.tryEmitEmpty();
    }
}
