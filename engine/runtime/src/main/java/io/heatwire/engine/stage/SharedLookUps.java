package io.heatwire.engine.stage;

import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.StageLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/**
 * Lets look-ups that fall due within a few milliseconds share one round trip, with a bound on how many are under way. Used on
 * the stage's worker only, so it needs no lock; what waits here is bounded by how many events may wait at once.
 */
final class SharedLookUps {

    private static final Duration GATHER = Duration.ofMillis(2);

    private final StageLink link;
    private final Scheduler worker;
    private final int maxCalls;
    private List<Ask> gathering = new ArrayList<>();
    private boolean scheduled;
    private int calls;

    /** Somebody who waits for answers. */
    private record Ask(Collection<? extends LookUp> lookUps, MonoSink<Found> asker) {}

    SharedLookUps(StageLink link, Scheduler worker, int maxCalls) {
        this.link = link;
        this.worker = worker;
        this.maxCalls = maxCalls;
    }

    /** The answers; an error that leaves the connection whole becomes an answer for each look-up. */
    Mono<Found> ask(Collection<? extends LookUp> lookUps) {
        return Mono.create(asker -> {
            gathering.add(new Ask(lookUps, asker));
            if (!scheduled && calls < maxCalls) {
                scheduled = true;
                asker.onDispose(Mono.delay(GATHER, worker).subscribe(due -> send()));
            }
        });
    }

    private void send() {
        scheduled = false;
        List<Ask> asks = gathering;
        if (asks.isEmpty()) {
            return;
        }
        gathering = new ArrayList<>();
        Set<LookUp> distinct = new LinkedHashSet<>();
        asks.forEach(ask -> distinct.addAll(ask.lookUps()));
        calls++;
        link.lookUp(distinct)
                .onErrorResume(LinkException.class, failure -> failedAnswers(distinct, failure))
                .publishOn(worker)
                .subscribe(found -> answered(asks, found), failure -> failed(asks, failure));
    }

    private static Mono<Found> failedAnswers(Set<LookUp> lookUps, LinkException failure) {
        if (failure.kind() != LinkException.Kind.RETRY && failure.kind() != LinkException.Kind.REFUSED) {
            return Mono.error(failure);
        }
        Map<LookUp, Answer> answers = new HashMap<>();
        Answer failed = new Answer.Failed(Answer.Failure.REDIS_ERROR, String.valueOf(failure.getMessage()));
        lookUps.forEach(lookUp -> answers.put(lookUp, failed));
        return Mono.just(new Found(answers));
    }

    private void answered(List<Ask> asks, Found found) {
        calls--;
        asks.forEach(ask -> ask.asker().success(found));
        if (!gathering.isEmpty() && !scheduled) {
            send();
        }
    }

    private void failed(List<Ask> asks, Throwable failure) {
        calls--;
        asks.forEach(ask -> ask.asker().error(failure));
    }
}
