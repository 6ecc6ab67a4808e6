package io.heatwire.engine;

import io.heatwire.engine.health.DrainReport;
import io.heatwire.engine.health.StageDrain;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.stage.StageRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The stages that have been started and not yet stopped. Once it is closed, none is started any more. */
final class Crew {

    private final Map<StageRunner, Disposable> running = new LinkedHashMap<>();
    private final Map<String, StageDrain> stopped = new LinkedHashMap<>();
    private final List<StageRunner> stuck = new ArrayList<>();
    private long committedBefore;
    private boolean isClosed;

    /** Starts a stage, unless the crew is closed. */
    synchronized void start(StageRunner stage) {
        if (isClosed) {
            stage.dispose();
            return;
        }
        stopped.remove(stage.plan().name());
        running.put(stage, stage.run().subscribe());
    }

    /** Stops these stages; a stage that was never started is let go. Ends a little after its time at the latest. */
    Mono<Void> stop(Collection<StageRunner> stages, Duration patience) {
        return Flux.fromIterable(stages)
                .flatMap(stage -> stop(stage, patience), Math.max(1, stages.size()))
                .then();
    }

    private Mono<Void> stop(StageRunner stage, Duration patience) {
        return isRunning(stage)
                ? stage.stop(patience).then(Mono.fromRunnable(() -> retire(stage)))
                : Mono.fromRunnable(stage::dispose);
    }

    private synchronized boolean isRunning(StageRunner stage) {
        return running.containsKey(stage);
    }

    private synchronized void retire(StageRunner stage) {
        Disposable run = running.remove(stage);
        if (run == null) {
            return;
        }
        // What hangs still needs its worker to be cancelled on.
        if (stage.status().state() == StageState.STOPPED) {
            stage.dispose();
        } else {
            stuck.add(stage);
        }
        run.dispose();
        committedBefore += stage.status().committed();
        stopped.put(stage.plan().name(), stage.drained());
    }

    /** Forgets what the stops so far came to: a change is complete, and who took over what they left runs. */
    synchronized void settle() {
        stopped.clear();
    }

    /** Starts nothing any more. */
    synchronized List<StageRunner> close() {
        isClosed = true;
        return List.copyOf(running.keySet());
    }

    /** What the stops came to. */
    synchronized DrainReport report(long tookMs) {
        Collection<StageDrain> drains = stopped.values();
        return new DrainReport(
                committedBefore,
                drains.stream().mapToLong(StageDrain::handedBack).sum(),
                drains.stream().mapToLong(StageDrain::left).sum(),
                drains.stream().allMatch(StageDrain::confirmed),
                drains.stream().allMatch(StageDrain::inTime),
                tookMs);
    }

    /** Frees the workers of stages that did not end in time. */
    synchronized void dispose() {
        stuck.forEach(StageRunner::dispose);
    }
}
