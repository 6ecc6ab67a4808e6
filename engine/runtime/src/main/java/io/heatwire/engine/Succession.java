package io.heatwire.engine;

import io.heatwire.engine.change.ChangeRefusedException;
import io.heatwire.engine.change.PlanChange;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.redis.RedisLinks;
import io.heatwire.engine.stage.StageRunner;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The change from one generation to the next while stages run: makes what is new, looks at Redis, drains what changes or goes, starts what is
 * new, and waits for its first turn; if Redis refuses that, everything is put back. Used once.
 */
final class Succession {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.engine");

    private final Workshop workshop;
    private final Crew crew;
    private final Consumer<Generation> runsNow;
    private final Function<RedisLinks, Mono<Void>> close;
    private final Generation before;
    private final EnginePlan next;
    private final PlanChange change;

    /**
     * A change that has not begun.
     *
     * @param runsNow told of each generation that is started, also of one that is put back
     * @param close closes links that nobody uses any more
     */
    Succession(
            Workshop workshop,
            Crew crew,
            Consumer<Generation> runsNow,
            Function<RedisLinks, Mono<Void>> close,
            Generation before,
            EnginePlan next) {
        this.workshop = workshop;
        this.crew = crew;
        this.runsNow = runsNow;
        this.close = close;
        this.before = before;
        this.next = next;
        this.change = PlanChange.between(before.plan(), next);
    }

    /**
     * Carries the change out.
     *
     * @param looked asked before anything is drained; fails when what is reached by these links will not do
     * @return what was changed; fails with {@link ChangeRefusedException}
     */
    Mono<PlanChange> run(Function<RedisLinks, Mono<Void>> looked) {
        if (change.isNothing()) {
            return Mono.just(change);
        }
        return Mono.fromCallable(() -> workshop.successor(before, next, change))
                .flatMap(built -> looked.apply(built.links())
                        .onErrorResume(failure -> discard(built).then(Mono.error(failure)))
                        .then(Mono.defer(() -> replace(built))))
                .thenReturn(change);
    }

    private Mono<Void> replace(Generation built) {
        List<StageRunner> leaving = before.without(change.untouched());
        List<StageRunner> coming = built.without(change.untouched());
        return crew.stop(leaving, before.drain())
                .then(Mono.fromRunnable(() -> begin(built, coming)))
                .then(Mono.defer(() -> Trial.of(coming)))
                .flatMap(why -> putBack(built, coming, why))
                .then(Mono.defer(() -> complete(built)));
    }

    private void begin(Generation generation, List<StageRunner> coming) {
        runsNow.accept(generation);
        coming.forEach(crew::start);
    }

    private Mono<Void> complete(Generation built) {
        crew.settle();
        change.removed().forEach(stage -> EngineMeters.forget(workshop.book(), stage));
        return change.hasNewRedis() && before.links() != built.links()
                ? before.links().close()
                : Mono.empty();
    }

    /** What was drained is made anew: a stage that has been stopped does not start again. */
    private Mono<Void> putBack(Generation built, List<StageRunner> coming, String why) {
        LOG.warn("putting the old wiring back: {}", why);
        return crew.stop(coming, before.drain())
                .then(Mono.fromCallable(() -> workshop.restored(before, built, change)))
                .doOnNext(restored -> {
                    begin(restored, restored.without(change.untouched()));
                    crew.settle();
                    change.added().forEach(stage -> EngineMeters.forget(workshop.book(), stage));
                })
                .then(Mono.defer(() -> change.hasNewRedis() ? close.apply(built.links()) : Mono.empty()))
                .then(Mono.error(new ChangeRefusedException(why, true)));
    }

    /** Of what was made and never started. */
    private Mono<Void> discard(Generation built) {
        built.without(change.untouched()).forEach(StageRunner::dispose);
        change.added().forEach(stage -> EngineMeters.forget(workshop.book(), stage));
        return change.hasNewRedis() ? close.apply(built.links()) : Mono.empty();
    }
}
