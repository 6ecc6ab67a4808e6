package io.heatwire.ops.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.health.Flow;
import io.heatwire.engine.health.Health;
import io.heatwire.ops.http.WiringState;
import io.heatwire.wiring.WiringPlan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

final class PageMemoryTest {

    private final AtomicInteger asked = new AtomicInteger();
    private VirtualTimeScheduler time;

    @BeforeEach
    void stopTheClock() {
        time = VirtualTimeScheduler.getOrSet();
    }

    @AfterEach
    void letItRun() {
        VirtualTimeScheduler.reset();
    }

    @Test
    void goesOnRememberingAfterAMomentThatCouldNotBeHad() {
        LivePage page = new LivePage(
                new SimpleMeterRegistry(),
                this::faultyAtFirst,
                () -> new WiringState(1, 0, ""),
                PageMemoryTest::notAskedFor,
                new Changes(),
                Optional.empty());
        Disposable remembering = page.remember();
        time.advanceTimeBy(Duration.ofMillis(3 * History.EVERY_MS));
        remembering.dispose();

        assertThat(asked).hasValue(4);
    }

    private Health faultyAtFirst() {
        if (asked.incrementAndGet() == 1) {
            throw new IllegalStateException("a fault of the test");
        }
        return new Health("redis://127.0.0.1:6379/0", "", List.of(), new Flow(List.of(), List.of(), List.of()));
    }

    private static WiringPlan notAskedFor() {
        throw new AssertionError("remembering asks for figures only");
    }
}
