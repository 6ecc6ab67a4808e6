package io.heatwire.engine.stage;

import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkException.Kind;
import io.heatwire.engine.metrics.EngineMeters;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import reactor.util.retry.Retry.RetrySignal;

/** Tries again in place what Redis refuses for now, and says for the health and the log what it waits for. */
final class Patience {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Stage stage;
    private final Call call;
    private final Retry backoff;

    /** Patience with calls of this kind. */
    Patience(Stage stage, Call call) {
        this.stage = stage;
        this.call = call;
        this.backoff = Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                .maxBackoff(LONGEST_PAUSE)
                .jitter(0.5)
                .scheduler(stage.worker())
                .filter(Patience::isForNow)
                .doBeforeRetry(retry -> waiting((LinkException) retry.failure()));
    }

    /** This call, tried again as long as it is refused for now; its reply comes on the stage's worker. */
    <T> Mono<T> with(Mono<T> refusable) {
        return refusable.retryWhen(backoff).publishOn(stage.worker()).doOnNext(reply -> rewarded());
    }

    /**
     * The same until there is a stop, which ends a pause but no call that is under way; its reply comes on any thread.
     *
     * @return completes without a value when it was still refused at the stop
     */
    <T> Mono<T> until(Mono<Void> stop, Mono<T> refusable) {
        return refusable
                .retryWhen(Retry.from(refusals -> refusals.concatMap(refusal -> pause(refusal, stop))))
                .doOnNext(reply -> rewarded())
                .onErrorComplete(Patience::isForNow);
    }

    private Flux<Object> pause(RetrySignal refusal, Mono<Void> stop) {
        return Flux.<Object>from(backoff.generateCompanion(Flux.just(refusal)))
                .takeUntilOther(stop)
                .switchIfEmpty(Mono.error(refusal::failure));
    }

    private static boolean isForNow(Throwable failure) {
        return failure instanceof LinkException link && link.kind() == Kind.RETRY;
    }

    private void waiting(LinkException refusal) {
        stage.book().record(EngineMeters.WAITS, 1, stage.name(), refusal.code());
        if (stage.status().waitsFor(call, refusal.code())) {
            stage.log()
                    .warn(
                            "{} waits: {}: {}",
                            call.word(),
                            refusal.code(),
                            Printable.of(String.valueOf(refusal.getMessage())));
        }
    }

    private void rewarded() {
        String cause = stage.status().waitsNoLonger(call);
        if (!cause.isEmpty()) {
            stage.log().info("{} goes through again after waiting for {}", call.word(), cause);
        }
    }
}
