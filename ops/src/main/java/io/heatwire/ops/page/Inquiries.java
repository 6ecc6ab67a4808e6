package io.heatwire.ops.page;

import io.heatwire.ops.dead.RedisRefusedException;
import io.heatwire.ops.http.Answer;
import io.heatwire.ops.http.JsonText;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Questions that Redis has to be asked. One at a time and not in a row, so that no number of viewers becomes a load; whoever waits
 * too long is told so, and the place becomes free when Redis has answered or its command timed out.
 */
final class Inquiries {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.page");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** From the start of one to the start of the next. */
    static final long APART_MS = 1_000;

    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicLong nextAtMs = new AtomicLong(Long.MIN_VALUE);
    private final LongSupplier steadyMs;
    private final Scheduler scheduler;

    /**
     * No question yet.
     *
     * @param steadyMs a clock that only goes on, in ms
     * @param scheduler where questions may wait
     */
    Inquiries(LongSupplier steadyMs, Scheduler scheduler) {
        this.steadyMs = steadyMs;
        this.scheduler = scheduler;
    }

    /** Asks, when nobody else does. The question gives JSON and may wait. */
    Mono<Answer> ask(Callable<String> question) {
        return Mono.defer(() -> admits() ? asked(question) : Mono.just(tooMany()));
    }

    private boolean admits() {
        if (!busy.compareAndSet(false, true)) {
            return false;
        }
        long now = steadyMs.getAsLong();
        if (now < nextAtMs.get()) {
            busy.set(false);
            return false;
        }
        nextAtMs.set(now + APART_MS);
        return true;
    }

    private Mono<Answer> asked(Callable<String> question) {
        // The work goes on when nobody waits for it any more: an interrupt in the midst of it would leave a connection
        // behind.
        Mono<String> work = Mono.fromCallable(() -> {
                    try {
                        return question.call();
                    } finally {
                        busy.set(false);
                    }
                })
                .subscribeOn(scheduler)
                .doOnError(RejectedExecutionException.class, never -> busy.set(false))
                .cache();
        return work.timeout(PATIENCE)
                .map(json -> Answer.json(200, json))
                .onErrorResume(failure -> Mono.just(refused(failure)));
    }

    private static Answer refused(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return said(504, "no answer within " + PATIENCE.toSeconds() + " s");
        }
        if (failure instanceof RedisRefusedException) {
            return said(503, String.valueOf(failure.getMessage()));
        }
        LOG.error("a question of the page failed for a fault of the program itself", failure);
        return said(500, "this failed for a fault of the program itself; the log says which");
    }

    private static Answer tooMany() {
        return said(429, "another question is being answered; ask again in a moment")
                .with("retry-after", "2");
    }

    /** A refusal that the page can show. */
    static Answer said(int status, String why) {
        return Answer.json(status, JsonText.of(Map.of("error", why)));
    }
}
