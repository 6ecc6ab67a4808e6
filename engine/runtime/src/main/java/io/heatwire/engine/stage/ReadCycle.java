package io.heatwire.engine.stage;

import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.engine.commit.Decided;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.Entry;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.plan.SourcePlan;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * What to read next in one epoch: own pending entries first, then new ones, and now and then what a dead consumer left. All of
 * it one read at a time on one connection, so that order and demand stay simple.
 */
final class ReadCycle {

    /** An entry delivered more often may be what kills the process: it is read alone, so that it takes no neighbours with it. */
    private static final long SUSPICIOUS_DELIVERIES = 3;

    private static final int RECLAIMS_PER_IDLE_TIME = 4;

    /** What another consumer hands back counts as idle for long at once, and should not lie for long. */
    private static final long LONGEST_RECLAIM_PAUSE_MS = 1_000;

    /** Three batches may be in memory at once. Redis bounds a read by entries only, so the next one asks for fewer if they are long. */
    private static final long BATCH_BYTES = 32_000_000;

    private final Stage stage;
    private final SourcePlan.FromStream source;
    private final StageLink link;
    private boolean recovering = true;
    private int recoveryCount;
    private EntryId recovered = EntryId.ZERO;
    private long reclaimAtMs = Long.MIN_VALUE;
    private long takenUp;
    private final Set<EntryId> held = ConcurrentHashMap.newKeySet();
    private volatile Sinks.@Nullable Empty<Void> alone;
    private int count;

    /** A cycle for one epoch. */
    ReadCycle(Stage stage, SourcePlan.FromStream source, StageLink link) {
        this.stage = stage;
        this.source = source;
        this.link = link;
        this.reclaimAtMs = stage.steadyMs();
        this.count = source.batch();
    }

    /** Takes note that these are read and settled. */
    void settled(List<Decided> entries) {
        entries.forEach(entry -> held.remove(entry.id()));
    }

    /** The entry an earlier epoch halted at, if it is still there to be decided: looking at it again counts no delivery. */
    Mono<Batch> again(EntryId halted) {
        return Mono.defer(() -> link.peek(halted)).doOnNext(batch -> {
            batch.entries().forEach(entry -> held.add(entry.id()));
            stage.status().took(batch.entries());
        });
    }

    /** Takes note that the stage has seen this batch through as far as it can: what had to be alone with it is alone no more. */
    void passed() {
        Sinks.Empty<Void> waiting = alone;
        if (waiting != null) {
            waiting.tryEmitEmpty();
        }
    }

    /** The next batch, perhaps empty. */
    Mono<Batch> next() {
        return Mono.defer(() -> {
            Sinks.Empty<Void> suspect = alone;
            return suspect == null ? turn() : suspect.asMono().then(Mono.defer(this::turn));
        });
    }

    private Mono<Batch> turn() {
        long from = System.nanoTime();
        alone = null;
        return read().doOnNext(batch -> turned(batch, from)).doOnError(failure -> failed());
    }

    private Mono<Batch> read() {
        if (recovering) {
            return recoveryCount == 0
                    ? link.mostOwnDeliveries().flatMap(this::startRecovery)
                    : link.ownPending(recovered, recoveryCount).doOnNext(this::recovered);
        }
        long untilReclaimMs = reclaimAtMs - stage.steadyMs();
        if (untilReclaimMs <= 0) {
            return link.reclaim(source.minIdleMs(), count, unsuspicious(), held::contains)
                    .doOnNext(this::reclaimed);
        }
        return link.fresh(count, Math.min(source.blockMs(), untilReclaimMs));
    }

    private Mono<Batch> startRecovery(long mostDeliveries) {
        recoveryCount = mostDeliveries > unsuspicious() ? 1 : source.batch();
        return link.ownPending(recovered, recoveryCount).doOnNext(this::recovered);
    }

    /** How often an entry may have been delivered to be read among others, with at least one delivery left to be read alone. */
    private long unsuspicious() {
        return Math.min(SUSPICIOUS_DELIVERIES, source.maxDeliveries() - 2L)
                + stage.status().excused();
    }

    private void recovered(Batch batch) {
        if (batch.isEmpty()) {
            recovering = false;
            if (takenUp > 0) {
                stage.log().info("took up {} entries that were pending for {}", takenUp, source.consumer());
            }
            takenUp = 0;
        } else {
            recovered = batch.entries().get(batch.entries().size() - 1).id();
            takenUp += batch.entries().size();
        }
    }

    private void reclaimed(Batch batch) {
        if (batch.isEmpty()) {
            long pauseMs = Math.max(1, source.minIdleMs() / RECLAIMS_PER_IDLE_TIME);
            reclaimAtMs = stage.steadyMs() + Math.min(pauseMs, LONGEST_RECLAIM_PAUSE_MS);
            if (takenUp > 0) {
                stage.log().warn("took over {} entries that others handed back or left without progress", takenUp);
            }
            takenUp = 0;
        } else {
            stage.book().record(EngineMeters.RECLAIMED, batch.entries().size(), stage.name());
            takenUp += batch.entries().size();
        }
    }

    private void turned(Batch batch, long from) {
        stage.status().looped(stage.now(), (System.nanoTime() - from) / 1_000_000);
        Duties duties = stage.plan().spec().duties();
        if (duties.loops() != null) {
            stage.book().record(duties.loops(), 1);
        }
        if (batch.isEmpty() && batch.origin() == Batch.Origin.FRESH && held.isEmpty()) {
            stage.progressed();
        }
        batch.entries().forEach(entry -> held.add(entry.id()));
        if (isSuspect(batch)) {
            // Reading ahead would deliver its neighbours once more each time that it kills the process.
            alone = Sinks.empty();
        }
        fit(batch);
        if (!batch.isEmpty()) {
            stage.status().took(batch.entries());
            stage.book()
                    .record(
                            EngineMeters.READ,
                            batch.entries().size(),
                            stage.name(),
                            batch.origin().name().toLowerCase(Locale.ROOT));
        }
    }

    private boolean isSuspect(Batch batch) {
        return batch.entries().size() == 1
                && batch.origin() != Batch.Origin.FRESH
                && (recoveryCount == 1 || batch.entries().get(0).deliveries() - 1 > unsuspicious());
    }

    private void fit(Batch batch) {
        long bytes = 0;
        for (Entry entry : batch.entries()) {
            Event event = entry.event();
            bytes += event == null ? 0 : event.bytes();
        }
        if (bytes > 0) {
            long fitting = BATCH_BYTES * batch.entries().size() / bytes;
            count = (int) Math.max(1, Math.min(source.batch(), fitting));
        }
    }

    private void failed() {
        Duties duties = stage.plan().spec().duties();
        if (duties.errors() != null) {
            stage.book().record(duties.errors(), 1, "read");
        }
    }
}
