package io.heatwire.ops.page;

import io.heatwire.ops.http.Answer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What the ledger says, for all who look: one read at a time, and none while the last is fresh. A disk that hangs holds one thread
 * and no viewer.
 */
final class LastOperations {

    /** How long an answer is given again. */
    static final Duration FRESH = Duration.ofSeconds(2);

    /** How long a viewer waits. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.page");

    private final Mono<String> json;

    /**
     * Nothing is read yet.
     *
     * @param read gives JSON; may wait
     * @param scheduler where it may
     */
    LastOperations(Callable<String> read, Scheduler scheduler) {
        // Above the timeout of the single viewer: whoever comes while a read hangs waits for that one and begins no
        // other.
        this.json = Mono.fromCallable(read).subscribeOn(scheduler).cache(FRESH);
    }

    /** Never fails. */
    Mono<Answer> answer() {
        return json.timeout(PATIENCE).map(read -> Answer.json(200, read)).onErrorResume(LastOperations::refused);
    }

    private static Mono<Answer> refused(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return Mono.just(Inquiries.said(504, "the disk gave no answer within " + PATIENCE.toSeconds() + " s"));
        }
        LOG.error("the page cannot show the ledger, for a fault of the program itself", failure);
        return Mono.just(Inquiries.said(500, "this failed for a fault of the program itself; the log says which"));
    }
}
