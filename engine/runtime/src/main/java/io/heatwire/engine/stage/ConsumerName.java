package io.heatwire.engine.stage;

import io.heatwire.engine.lease.Owner;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkException.Kind;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.plan.SourcePlan;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Sees to it that no two engines read under one consumer name at the same time: the work would stay exact, but each would take
 * the other's entries for its own. Who finds the name in use stands by and asks again; who lost it stops reading.
 */
final class ConsumerName {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Stage stage;
    private final SourcePlan.FromStream source;
    private final String owner;
    private final Patience patience;
    private volatile boolean ours;
    private volatile String holder = "";

    ConsumerName(Stage stage, SourcePlan.FromStream source, Owner owner) {
        this.stage = stage;
        this.source = source;
        this.owner = owner.lease();
        this.patience = new Patience(stage, Call.OPEN);
    }

    String owner() {
        return owner;
    }

    /** Whether the name is ours as far as is known: a question that got no answer may have been granted. */
    boolean isOurs() {
        return ours;
    }

    /**
     * Completes when the name is ours, or without a value when there is a stop first. Waits while Redis refuses for now.
     *
     * @return whether another had it first, so that what the link knew when it was opened may be out of date
     */
    Mono<Boolean> take(StageLink link, Mono<Void> stop) {
        Mono<Boolean> later = Flux.interval(EVERY)
                .onBackpressureDrop()
                // Above the question: one that is under way may be granted, and the answer must be heard.
                .takeUntilOther(stop)
                .concatMap(tick -> patience.until(stop, ask(link)), 0)
                .filter(mine -> mine)
                .next()
                .doOnNext(mine -> stage.log().warn("took consumer {} over", source.consumer()));
        return patience.until(stop, ask(link)).flatMap(mine -> mine ? Mono.just(false) : later);
    }

    private Mono<Boolean> ask(StageLink link) {
        ours = true;
        return link.takeName(owner, "").flatMap(answer -> {
            if (answer.equals(owner)) {
                return Mono.just(taken());
            }
            ours = false;
            return hasEnded(answer).flatMap(ended -> ended ? succeed(link, answer) : Mono.just(refused(answer)));
        });
    }

    /** The lease of a process that was killed here need not run out first. */
    private Mono<Boolean> succeed(StageLink link, String ended) {
        ours = true;
        stage.log().info("{} has ended without giving consumer {} back", Owner.shown(ended), source.consumer());
        return link.takeName(owner, ended).map(answer -> answer.equals(owner) ? taken() : refused(answer));
    }

    private static Mono<Boolean> hasEnded(String lease) {
        return Mono.fromCallable(() -> Owner.hasEnded(lease)).subscribeOn(Schedulers.boundedElastic());
    }

    /** Renews the lease; never completes, and fails when another has the name. */
    Mono<Void> keep(StageLink link) {
        return Flux.interval(EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> renew(link), 0)
                .then();
    }

    /** A lease that Redis forgot, or that ran out unnoticed, is simply ours again. */
    private Mono<Void> renew(StageLink link) {
        return link.takeName(owner, "")
                .flatMap(answer -> answer.equals(owner) ? Mono.<Void>empty() : Mono.error(lost(answer)))
                .onErrorResume(
                        LinkException.class,
                        failure -> failure.kind() == Kind.RETRY ? Mono.empty() : Mono.error(failure));
    }

    Mono<Void> release(StageLink link) {
        return Mono.defer(() -> link.releaseName(owner)).doOnSuccess(done -> ours = false);
    }

    private boolean taken() {
        ours = true;
        holder = "";
        return true;
    }

    private boolean refused(String other) {
        ours = false;
        stage.status().failed(inUse(other));
        if (!holder.equals(other)) {
            holder = other;
            stage.log().error("standing by: {}", inUse(other));
        }
        return false;
    }

    private LinkException lost(String other) {
        ours = false;
        String message = inUse(other);
        return new LinkException(Kind.EPOCH_OVER, "NAME_IN_USE", message, new IllegalStateException(message));
    }

    private String inUse(String other) {
        return "consumer " + source.consumer() + " of group " + source.group() + " is in use by "
                + Printable.of(Owner.shown(other))
                + "; give this engine another consumer name, or stop the other";
    }
}
