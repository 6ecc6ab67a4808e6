package io.heatwire.engine;

import io.heatwire.engine.stage.StageRunner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Whether stages that have just been started come to their first turn. A stage whose Redis is away, or that stands by, has not
 * failed: it goes on trying, as after any start.
 */
final class Trial {

    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private Trial() {}

    /** Completes when each has made a turn, or after a few seconds; emits why when Redis refuses what one of them needs. */
    static Mono<String> of(List<StageRunner> stages) {
        return Flux.interval(Duration.ZERO, LOOK_EVERY)
                .onBackpressureDrop()
                .take(LONGEST)
                .takeUntil(tick -> stages.stream().allMatch(Trial::hasTurned))
                .concatMap(tick -> Mono.justOrEmpty(refusal(stages)), 0)
                .next();
    }

    private static boolean hasTurned(StageRunner stage) {
        return stage.status().lastLoopAtMs() > 0;
    }

    private static Optional<String> refusal(List<StageRunner> stages) {
        return stages.stream()
                .filter(stage -> !hasTurned(stage) && !stage.status().refusal().isEmpty())
                .map(stage -> "stage " + stage.plan().name() + " does not start: "
                        + stage.status().refusal())
                .findFirst();
    }
}
