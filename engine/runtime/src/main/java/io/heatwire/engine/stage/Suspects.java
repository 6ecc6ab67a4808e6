package io.heatwire.engine.stage;

import io.heatwire.engine.plan.SourcePlan;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Entries that may be what kills the process. Each is read alone, so that it takes no neighbours with it, and nothing else is
 * read until it has been seen through: reading ahead would deliver the others once more each time that it kills.
 */
final class Suspects {

    private static final long SUSPICIOUS_DELIVERIES = 3;

    private final Stage stage;
    private final SourcePlan.FromStream source;
    private volatile Sinks.@Nullable Empty<Void> alone;

    Suspects(Stage stage, SourcePlan.FromStream source) {
        this.stage = stage;
        this.source = source;
    }

    /** How often an entry may have been delivered to be read among others, with at least one delivery left to be read alone. */
    long togetherUpTo() {
        return Math.min(SUSPICIOUS_DELIVERIES, source.maxDeliveries() - 2L)
                + stage.status().excused();
    }

    /** Whether an entry may be one that was delivered so often. */
    boolean mayBe(long deliveries) {
        return deliveries > togetherUpTo();
    }

    /** Lets nothing else be read from now on. */
    void keepAlone() {
        alone = Sinks.empty();
    }

    /** Completes when something else may be read. */
    Mono<Void> passed() {
        return Mono.defer(() -> {
            Sinks.Empty<Void> suspect = alone;
            return suspect == null ? Mono.empty() : suspect.asMono().doOnSuccess(done -> alone = null);
        });
    }

    /** Takes note that what was read has been seen through as far as the stage can. */
    void pass() {
        Sinks.Empty<Void> suspect = alone;
        if (suspect != null) {
            suspect.tryEmitEmpty();
        }
    }
}
