package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class NoBlockingTest {

    @Test
    void findsACallThatBlocksAWorker() {
        NoBlocking.install();
        Mono<Void> blocking =
                Mono.<Void>fromRunnable(NoBlockingTest::pause).subscribeOn(Schedulers.newSingle("heatwire-x", true));
        assertThatThrownBy(() -> blocking.block(Duration.ofSeconds(5))).hasMessageContaining("Blocking call");
    }

    private static void pause() {
        try {
            Thread.sleep(1);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
