package io.heatwire.engine.stage;

import io.heatwire.engine.health.StageDrain;
import io.heatwire.engine.lease.Owner;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.plan.SourcePlan;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A stage as a consumer of its group: it has a name that nobody else may read under meanwhile, and at its end hands back what it
 * has not finished. A stage that reads no stream is no consumer, and nothing of this concerns it.
 */
final class Consumer {

    private final Stage stage;
    private final @Nullable ConsumerName name;
    private final HandBack handBack;

    private Consumer(Stage stage, @Nullable ConsumerName name) {
        this.stage = stage;
        this.name = name;
        this.handBack = new HandBack(stage);
    }

    static Consumer of(Stage stage, Owner owner) {
        return new Consumer(
                stage,
                stage.plan().source() instanceof SourcePlan.FromStream stream
                        ? new ConsumerName(stage, stream, owner)
                        : null);
    }

    /** Completes when the consumer may read, or at a stop; tells whether it had to wait for its name. */
    Mono<Boolean> take(StageLink link, Mono<Void> stop) {
        return name == null ? Mono.just(false) : name.take(link, stop);
    }

    /** This work, which ends with an error when another takes the name. */
    Mono<Void> whileNamed(StageLink link, Mono<Void> work) {
        return name == null ? work : Mono.firstWithSignal(work, name.keep(link));
    }

    /** Gives back what is pending, and the name; never fails. */
    Mono<Void> handBack(StageLink link) {
        return name == null ? Mono.empty() : handBack.over(link, name);
    }

    /** Whether something may be pending under a name that is still ours. */
    boolean owesHandBack() {
        return name != null && name.isOurs() && !handBack.isConfirmed();
    }

    StageDrain drained(boolean inTime) {
        if (name == null) {
            return new StageDrain(0, 0, true, inTime);
        }
        long unsettled = Math.max(0, stage.status().inFlight() - handBack.entries());
        return owesHandBack()
                ? new StageDrain(handBack.entries(), unsettled, false, inTime)
                : new StageDrain(handBack.entries(), handBack.gone(), true, inTime);
    }
}
