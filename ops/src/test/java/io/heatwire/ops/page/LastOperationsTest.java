package io.heatwire.ops.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.ops.http.Answer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

final class LastOperationsTest {

    private final AtomicInteger reads = new AtomicInteger();
    private VirtualTimeScheduler time;

    @BeforeEach
    void stopTheClocks() {
        time = VirtualTimeScheduler.getOrSet();
    }

    @AfterEach
    void letThemGo() {
        VirtualTimeScheduler.reset();
    }

    private LastOperations counting() {
        return new LastOperations(() -> "{\"read\": " + reads.incrementAndGet() + "}", Schedulers.immediate());
    }

    private static Answer answer(Mono<Answer> asked) {
        return asked.blockOptional(Duration.ofSeconds(20)).orElseThrow();
    }

    @Test
    void readsOnceForAllWhoLookAndAgainWhenThatIsOld() {
        LastOperations operations = counting();

        assertThat(answer(operations.answer()).body()).contains("{\"read\": 1}");
        assertThat(answer(operations.answer()).body()).contains("{\"read\": 1}");
        time.advanceTimeBy(LastOperations.FRESH);
        assertThat(answer(operations.answer()).body()).contains("{\"read\": 2}");
    }

    @Test
    void beginsNoSecondReadWhileOneHangsAndLetsNobodyWaitForEver() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch disk = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        LastOperations operations = new LastOperations(
                () -> {
                    reads.incrementAndGet();
                    begun.countDown();
                    disk.await();
                    return "{}";
                },
                Schedulers.fromExecutorService(threads));
        AtomicInteger late = new AtomicInteger();
        for (int viewer = 0; viewer < 5; viewer++) {
            operations.answer().subscribe(answer -> late.addAndGet(answer.status() == 504 ? 1 : 0));
        }
        begun.await();
        time.advanceTimeBy(LastOperations.PATIENCE);
        operations.answer().subscribe();

        assertThat(late).hasValue(5);
        assertThat(reads).hasValue(1);
        disk.countDown();
        threads.shutdown();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }
}
