package io.heatwire.engine.stage;

import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.commit.Decided;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.plan.SourcePlan;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * What to read next in one epoch: own pending entries first, then new ones, and now and then what a dead consumer left. All of
 * it one read at a time on one connection, so that order and demand stay simple.
 */
final class ReadCycle {

    /** An entry delivered this often may be what kills the process: from here on recovery reads one entry at a time. */
    private static final long SUSPICIOUS_DELIVERIES = 3;

    private static final int RECLAIMS_PER_IDLE_TIME = 4;

    private final Stage stage;
    private final SourcePlan.FromStream source;
    private final StageLink link;
    private boolean recovering = true;
    private int recoveryCount;
    private EntryId recovered = EntryId.ZERO;
    private long reclaimAtMs = Long.MIN_VALUE;
    private final Set<EntryId> held = ConcurrentHashMap.newKeySet();

    /** A cycle for one epoch. */
    ReadCycle(Stage stage, SourcePlan.FromStream source, StageLink link) {
        this.stage = stage;
        this.source = source;
        this.link = link;
    }

    /** Takes note that these are read and settled. */
    void settled(List<Decided> entries) {
        entries.forEach(entry -> held.remove(entry.id()));
    }

    /** The next batch, perhaps empty. */
    Mono<Batch> next() {
        return Mono.defer(() -> {
            long from = System.nanoTime();
            return read().doOnNext(batch -> turned(batch, from)).doOnError(failure -> failed());
        });
    }

    private Mono<Batch> read() {
        if (recovering) {
            return recoveryCount == 0
                    ? link.mostOwnDeliveries().flatMap(this::startRecovery)
                    : link.ownPending(recovered, recoveryCount).doOnNext(this::recovered);
        }
        if (stage.steadyMs() >= reclaimAtMs) {
            return link.reclaim(source.minIdleMs(), source.batch(), held::contains)
                    .doOnNext(this::reclaimed);
        }
        return link.fresh(source.batch(), source.blockMs());
    }

    private Mono<Batch> startRecovery(long mostDeliveries) {
        long suspicious = mostDeliveries - stage.status().excused();
        recoveryCount = suspicious > SUSPICIOUS_DELIVERIES ? 1 : source.batch();
        return link.ownPending(recovered, recoveryCount).doOnNext(this::recovered);
    }

    private void recovered(Batch batch) {
        if (batch.isEmpty()) {
            recovering = false;
        } else {
            recovered = batch.entries().get(batch.entries().size() - 1).id();
            stage.log()
                    .info(
                            "took up {} entries that were pending for {}",
                            batch.entries().size(),
                            source.consumer());
        }
    }

    private void reclaimed(Batch batch) {
        if (batch.isEmpty()) {
            reclaimAtMs = stage.steadyMs() + Math.max(1, source.minIdleMs() / RECLAIMS_PER_IDLE_TIME);
        } else {
            stage.book().record(EngineMeters.RECLAIMED, batch.entries().size(), stage.name());
            stage.log()
                    .warn(
                            "took over {} entries that were delivered and made no progress",
                            batch.entries().size());
        }
    }

    private void turned(Batch batch, long from) {
        stage.status().looped(stage.now(), (System.nanoTime() - from) / 1_000_000);
        Duties duties = stage.plan().spec().duties();
        if (duties.loops() != null) {
            stage.book().record(duties.loops(), 1);
        }
        if (batch.isEmpty() && batch.origin() == Batch.Origin.FRESH && held.isEmpty()) {
            stage.status().progressed();
        }
        batch.entries().forEach(entry -> held.add(entry.id()));
        if (!batch.isEmpty()) {
            stage.status().took(batch.entries().size());
            stage.book()
                    .record(
                            EngineMeters.READ,
                            batch.entries().size(),
                            stage.name(),
                            batch.origin().name().toLowerCase(Locale.ROOT));
        }
    }

    private void failed() {
        Duties duties = stage.plan().spec().duties();
        if (duties.errors() != null) {
            stage.book().record(duties.errors(), 1, "read");
        }
    }
}
