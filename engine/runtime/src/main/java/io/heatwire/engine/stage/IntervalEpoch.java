package io.heatwire.engine.stage;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.plan.SourcePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Decides and commits one event for each item, then waits for the interval. Once-guards take the place of the acknowledgement. */
final class IntervalEpoch implements Epoch {

    private final Stage stage;
    private final SourcePlan.OnInterval source;
    private final Deciding deciding;
    private final CommitLane lane;
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private volatile boolean reading = true;

    IntervalEpoch(Stage stage, SourcePlan.OnInterval source, EventOperator operator, CommitLane lane) {
        this.stage = stage;
        this.source = source;
        this.deciding = new Deciding(stage, operator);
        this.lane = lane;
    }

    @Override
    public Mono<Void> run(StageLink link) {
        return Mono.defer(() -> reading ? turn(link) : Mono.empty())
                .subscribeOn(stage.worker())
                .repeatWhen(turns -> turns.takeWhile(turn -> reading).concatMap(turn -> pause(), 0))
                .then();
    }

    /** Over when the interval is, or at once when a stop is asked for; the turn that follows then does nothing. */
    private Mono<Long> pause() {
        return Mono.firstWithSignal(
                Mono.delay(Duration.ofMillis(source.everyMs()), stage.worker()),
                stop.asMono().thenReturn(0L));
    }

    private Mono<Void> turn(StageLink link) {
        long from = System.nanoTime();
        List<Entry> entries = events();
        stage.status().took(entries);
        stage.book().record(EngineMeters.READ, entries.size(), stage.name(), "fresh");
        return deciding.decide(link, entries)
                .flatMap(decided -> lane.commit(link, decided))
                .doOnSuccess(done -> turned(from));
    }

    private List<Entry> events() {
        long now = stage.now();
        List<Entry> entries = new ArrayList<>(source.items().size());
        for (String item : source.items()) {
            EntryId id = new EntryId(now, entries.size());
            Event event = Event.of(id, Map.of(source.field(), item));
            entries.add(new Entry(id, event, Entry.Trouble.NONE, 1));
        }
        return entries;
    }

    private void turned(long from) {
        stage.status().looped(stage.now(), (System.nanoTime() - from) / 1_000_000);
        Duties duties = stage.plan().spec().duties();
        if (duties.loops() != null) {
            stage.book().record(duties.loops(), 1);
        }
    }

    @Override
    public void stopReading() {
        reading = false;
        stop.tryEmitEmpty();
    }
}
