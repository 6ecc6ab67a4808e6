package io.heatwire.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.ops.demo.market.SimulatedMarket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

final class MarketFeedTest {

    private static final Instant START = Instant.parse("2026-01-28T22:00:00Z");

    private final List<Instant> stateWrites = new ArrayList<>();
    private final SteppedClock clock = new SteppedClock();

    @Test
    void writesTheStateAtThePaceOfTheMarketAndStopsWhenTold() {
        MarketFeed feed = new MarketFeed(new SimulatedMarket(1), 1800, this::take, clock);

        feed.play(() -> !clock.now().isBefore(START.plusSeconds(1)), book -> {});

        assertThat(stateWrites).hasSize(11).first().isEqualTo(START);
        assertThat(stateWrites.get(10)).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void looksUpAtLeastEveryTenthOfASecondWhileItWaits() {
        AtomicInteger looks = new AtomicInteger();
        // One bar of three minutes each three seconds.
        MarketFeed feed = new MarketFeed(new SimulatedMarket(1), 60, this::take, clock);

        feed.play(() -> !clock.now().isBefore(START.plusSeconds(3)), book -> looks.incrementAndGet());

        assertThat(looks.get()).isGreaterThanOrEqualTo(30);
    }

    private Mono<Object> take(String name, String... args) {
        if (name.equals("HSET") && args[0].equals("quantum:portfolio:state")) {
            stateWrites.add(clock.now());
        }
        return Mono.just(1L);
    }

    private static final class SteppedClock implements DemoClock {

        private Instant now = START;

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public void pause(Duration time) {
            now = now.plus(time);
        }
    }
}
