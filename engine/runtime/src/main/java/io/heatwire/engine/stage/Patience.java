package io.heatwire.engine.stage;

import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkException.Kind;
import io.heatwire.engine.metrics.EngineMeters;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Tries again in place what Redis refuses for now, and says for the health and the log what it waits for. */
final class Patience {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Stage stage;
    private final String what;

    /** Patience with this, for example a commit. */
    Patience(Stage stage, String what) {
        this.stage = stage;
        this.what = what;
    }

    /** This call, tried again as long as it is refused for now; its reply comes on the stage's worker. */
    <T> Mono<T> with(Mono<T> call) {
        return call.retryWhen(retry()).publishOn(stage.worker()).doOnNext(reply -> rewarded());
    }

    private Retry retry() {
        return Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                .maxBackoff(LONGEST_PAUSE)
                .jitter(0.5)
                .scheduler(stage.worker())
                .filter(failure -> failure instanceof LinkException link && link.kind() == Kind.RETRY)
                .doBeforeRetry(retry -> waiting((LinkException) retry.failure()));
    }

    private void waiting(LinkException refusal) {
        stage.book().record(EngineMeters.WAITS, 1, stage.name(), refusal.code());
        if (!stage.status().waiting().equals(refusal.code())) {
            stage.log()
                    .warn("{} waits: {}: {}", what, refusal.code(), Printable.of(String.valueOf(refusal.getMessage())));
            stage.status().waitsFor(refusal.code());
        }
    }

    private void rewarded() {
        if (!stage.status().waiting().isEmpty()) {
            stage.log()
                    .info(
                            "{} goes through again after waiting for {}",
                            what,
                            stage.status().waiting());
            stage.status().waitsFor("");
        }
    }
}
