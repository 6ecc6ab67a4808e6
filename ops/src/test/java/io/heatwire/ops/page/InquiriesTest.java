package io.heatwire.ops.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.ops.http.Answer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

final class InquiriesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final AtomicLong nowMs = new AtomicLong();
    private final Inquiries inquiries = new Inquiries(nowMs::get, Schedulers.boundedElastic());

    @Test
    void answersOneQuestionAfterTheOther() {
        assertThat(status(inquiries.ask(() -> "{}"))).isEqualTo(200);
        nowMs.addAndGet(Inquiries.APART_MS);
        assertThat(status(inquiries.ask(() -> "{}"))).isEqualTo(200);
    }

    @Test
    void refusesASecondQuestionWhileOneIsAsked() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Mono<Answer> first = inquiries
                .ask(() -> {
                    asked.countDown();
                    return answered.await(20, TimeUnit.SECONDS) ? "{}" : "";
                })
                .cache();
        first.subscribe();
        asked.await();
        nowMs.addAndGet(Inquiries.APART_MS);

        assertThat(status(inquiries.ask(() -> "{}"))).isEqualTo(429);
        answered.countDown();
        assertThat(status(first)).isEqualTo(200);
        nowMs.addAndGet(Inquiries.APART_MS);
        assertThat(status(inquiries.ask(() -> "{}"))).isEqualTo(200);
    }

    @Test
    void refusesQuestionsInARow() {
        inquiries.ask(() -> "{}").block(PATIENCE);
        assertThat(status(inquiries.ask(() -> "{}"))).isEqualTo(429);
    }

    @Test
    void givesThePlaceBackAfterAFailure() {
        assertThat(status(inquiries.ask(() -> {
                    throw new IllegalStateException("on purpose");
                })))
                .isEqualTo(500);
        nowMs.addAndGet(Inquiries.APART_MS);
        assertThat(status(inquiries.ask(() -> "{}"))).isEqualTo(200);
    }

    private static int status(Mono<Answer> answer) {
        return answer.blockOptional(PATIENCE).orElseThrow().status();
    }
}
