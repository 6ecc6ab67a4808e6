package io.heatwire.engine.stage;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.plan.SourcePlan;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;

/** What other consumers handed back or left without progress: taken over now and then, until there is no more of it. */
final class Reclaim {

    private static final int PER_IDLE_TIME = 4;

    /** What another consumer hands back counts as idle for long at once, and should not lie for long. */
    private static final long LONGEST_PAUSE_MS = 1_000;

    private final Stage stage;
    private final SourcePlan.FromStream source;
    private final StageLink link;
    private final Suspects suspects;
    private long dueAtMs;
    private long takenOver;

    Reclaim(Stage stage, SourcePlan.FromStream source, StageLink link, Suspects suspects) {
        this.stage = stage;
        this.source = source;
        this.link = link;
        this.suspects = suspects;
        this.dueAtMs = stage.steadyMs();
    }

    /** How long until somebody should look, in ms; not positive when it is time. */
    long dueInMs() {
        return dueAtMs - stage.steadyMs();
    }

    /** At most this many that are not held already. */
    Mono<Batch> read(int count, Predicate<EntryId> held) {
        return link.reclaim(source.minIdleMs(), count, suspects.togetherUpTo(), held)
                .doOnNext(this::found);
    }

    private void found(Batch batch) {
        if (batch.isEmpty()) {
            long pauseMs = Math.max(1, source.minIdleMs() / PER_IDLE_TIME);
            dueAtMs = stage.steadyMs() + Math.min(pauseMs, LONGEST_PAUSE_MS);
            if (takenOver > 0) {
                stage.log().warn("took over {} entries that others handed back or left without progress", takenOver);
            }
            takenOver = 0;
        } else {
            stage.book().record(EngineMeters.RECLAIMED, batch.entries().size(), stage.name());
            takenOver += batch.entries().size();
        }
    }
}
