package io.heatwire.engine.stage;

import io.heatwire.contract.PollingOperator;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.commit.Decided;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.plan.SourcePlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.concurrent.Queues;

/**
 * The stage that must not queue: it reads at full rate, lets at most {@code maxInflight} events wait for their key, and
 * acknowledges and counts at once what finds no place. A waiting event stays pending in Redis, so a crash loses none.
 *
 * <p>Events read together wait together: one {@code Mono.delay} and one shared look-up for all of them. All fields are touched
 * on the stage's worker only.
 */
final class LateEpoch implements Epoch {

    private final Stage stage;
    private final SourcePlan.FromStream source;
    private final PollingOperator operator;
    private final CommitLane lane;
    private final Intake intake;
    private final Patience patience;
    private final PollingOperator.Schedule schedule;
    private final Set<EntryId> interrupted = new HashSet<>();
    private final Set<EntryId> waiting = new HashSet<>();
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private volatile boolean reading = true;

    LateEpoch(Stage stage, SourcePlan.FromStream source, PollingOperator operator, CommitLane lane) {
        this.stage = stage;
        this.source = source;
        this.operator = operator;
        this.lane = lane;
        this.intake = new Intake(stage);
        this.patience = new Patience(stage, Call.LOOK_UP);
        this.schedule = operator.schedule();
    }

    @Override
    public Mono<Void> run(StageLink link) {
        return Mono.defer(() -> epoch(link)).subscribeOn(stage.worker());
    }

    private Mono<Void> epoch(StageLink link) {
        // Whoever waited when the last connection was lost is still pending and comes again.
        interrupted.clear();
        interrupted.addAll(waiting);
        waiting.clear();
        ReadCycle reads = new ReadCycle(stage, source, link, stop.asMono());
        SharedLookUps lookUps = new SharedLookUps(link, stage.worker(), schedule.maxLookUps());
        // Every group in this queue holds at least one of the maxInflight places, so it cannot overflow.
        Sinks.Many<List<Waiting>> groups = Sinks.many()
                .unicast()
                .onBackpressureBuffer(
                        Queues.<List<Waiting>>get(schedule.maxInflight() + 1).get());
        Flux<List<Decided>> taken = reads.next()
                .repeat(() -> reading)
                .publishOn(stage.worker(), 1)
                .concatMap(batch -> take(link, batch, groups).doOnTerminate(reads::passed), 0)
                .doOnComplete(groups::tryEmitComplete);
        Flux<List<Decided>> polled = groups.asFlux()
                .flatMap(
                        group -> new LateGroup(stage, operator, intake, lookUps, group).watch(),
                        schedule.maxInflight() + 1,
                        1)
                // Who still waits for a key when the stage is to stop goes on waiting with another consumer.
                .takeUntilOther(stop.asMono().publishOn(stage.worker()));
        return Flux.merge(1, taken, polled)
                .concatMap(decided -> lane.commit(link, decided).doOnSuccess(done -> settled(reads, decided)), 0)
                .then();
    }

    /** What can be settled at once; the rest goes to wait. */
    private Mono<List<Decided>> take(StageLink link, Batch batch, Sinks.Many<List<Waiting>> groups) {
        if (batch.isEmpty() || !reading) {
            return Mono.empty();
        }
        List<Decided> now = new ArrayList<>();
        List<Entry> open = new ArrayList<>();
        Set<LookUp> markers = new HashSet<>();
        for (Entry entry : batch.entries()) {
            Decided refused = intake.refuse(entry);
            if (refused == null) {
                refused = ask(entry, markers);
            }
            if (refused == null) {
                open.add(entry);
            } else {
                now.add(refused);
            }
        }
        return decidedBefore(link, markers).map(before -> {
            if (!reading) {
                return now;
            }
            List<Waiting> group = new ArrayList<>();
            open.forEach(entry -> place(entry, before, group, now));
            if (!group.isEmpty()) {
                groups.emitNext(group, Sinks.EmitFailureHandler.FAIL_FAST);
            }
            return now;
        });
    }

    /** Adds the marker of an earlier decision to what is looked up; the decision when the operator cannot name it. */
    private @Nullable Decided ask(Entry entry, Set<LookUp> markers) {
        Event event = entry.event();
        if (event == null) {
            return null;
        }
        try {
            markers.add(operator.decidedBefore(event));
            return null;
        } catch (RuntimeException | Error thrown) {
            return intake.failed(entry, thrown);
        }
    }

    private Mono<Found> decidedBefore(StageLink link, Set<LookUp> markers) {
        return markers.isEmpty()
                ? Mono.just(Found.NOTHING)
                // A marker that cannot be read does no harm here: the guard of the commit decides.
                : patience.with(link.lookUp(markers));
    }

    private void place(Entry entry, Found before, List<Waiting> group, List<Decided> now) {
        Event event = entry.event();
        if (event == null) {
            return;
        }
        try {
            if (before.exists(operator.decidedBefore(event))) {
                now.add(intake.decided(entry, operator.duplicate(event)));
            } else if (waiting.size() >= schedule.maxInflight()) {
                now.add(intake.decided(entry, counted(operator.dropped(event))));
            } else {
                Waiting place = new Waiting(
                        slim(entry),
                        operator.awaited(event),
                        interrupted.remove(entry.id()),
                        stage.now(),
                        stage.steadyMs());
                waiting.add(entry.id());
                group.add(place);
            }
        } catch (RuntimeException | Error thrown) {
            now.add(intake.failed(entry, thrown));
        }
    }

    /** The drop is the engine's fact too, and counted like every other: when the commit has confirmed it. */
    private Outcome counted(Outcome dropped) {
        if (!(dropped instanceof Outcome.Apply apply)) {
            return dropped;
        }
        List<Signal> signals = new ArrayList<>(apply.signals());
        signals.add(Signal.count(EngineMeters.DROPPED, stage.name()));
        return new Outcome.Apply(apply.once(), apply.groups(), signals, apply.ifDuplicate());
    }

    /** Only the fields the operator declares: thousands of these wait at once. */
    private Entry slim(Entry entry) {
        Event event = entry.event();
        if (event == null) {
            return entry;
        }
        Map<String, String> kept = new LinkedHashMap<>();
        for (FieldSpec field : stage.plan().spec().input()) {
            String value = event.get(field.name());
            if (value != null) {
                kept.put(field.name(), value);
            }
        }
        return new Entry(entry.id(), Event.of(entry.id(), kept), entry.trouble(), entry.deliveries());
    }

    private void settled(ReadCycle reads, List<Decided> decided) {
        reads.settled(decided);
        decided.forEach(each -> waiting.remove(each.id()));
    }

    @Override
    public void stopReading() {
        reading = false;
        stop.tryEmitEmpty();
    }
}
