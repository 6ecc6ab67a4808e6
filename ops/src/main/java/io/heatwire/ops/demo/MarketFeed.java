package io.heatwire.ops.demo;

import io.heatwire.ops.demo.market.Book;
import io.heatwire.ops.demo.market.Market;
import io.heatwire.ops.demo.market.Portfolio;
import io.heatwire.ops.demo.market.Tick;
import io.heatwire.ops.demo.market.Ticks;
import io.heatwire.ops.demo.upstream.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Plays a market at speed and writes what the upstream services would write after each tick. */
final class MarketFeed {

    static final double CASH_USD = 1_000;
    static final double LEVERAGE = 4;
    private static final Duration SLICE = Duration.ofMillis(100);

    private final Market market;
    private final double speed;
    private final RedisCommands redis;
    private final DemoClock clock;
    private final Upstream upstream = new Upstream();

    MarketFeed(Market market, double speed, RedisCommands redis, DemoClock clock) {
        this.market = market;
        this.speed = speed;
        this.redis = redis;
        this.clock = clock;
    }

    /**
     * Plays until the market ends or it is told to stop. The bars that the volatilities need first take no time.
     *
     * @param stop asked at least every 100 ms
     * @param meanwhile called with the newest book at least every 100 ms
     */
    void play(BooleanSupplier stop, Consumer<Book> meanwhile) {
        Portfolio portfolio = new Portfolio(market, CASH_USD, LEVERAGE);
        try (Ticks ticks = market.open()) {
            @Nullable Pace pace = null;
            for (@Nullable Tick tick = ticks.next(); tick != null && !stop.getAsBoolean(); tick = ticks.next()) {
                Optional<Book> book = portfolio.on(tick);
                if (book.isPresent()) {
                    pace = pace == null ? new Pace(clock.now(), tick.tsMs(), speed) : pace;
                    waitUntil(pace.due(tick.tsMs()), stop, () -> meanwhile.accept(book.get()));
                    write(book.get());
                }
            }
        }
    }

    private void waitUntil(Instant due, BooleanSupplier stop, Runnable meanwhile) {
        meanwhile.run();
        Duration left = Duration.between(clock.now(), due);
        while (left.compareTo(Duration.ZERO) > 0 && !stop.getAsBoolean()) {
            clock.pause(left.compareTo(SLICE) < 0 ? left : SLICE);
            meanwhile.run();
            left = Duration.between(clock.now(), due);
        }
    }

    private void write(Book book) {
        Flux.fromIterable(upstream.after(book, clock.now()))
                .concatMap(command -> redis.command(command.name(), command.arguments()))
                .then()
                .block(RedisCommands.PATIENCE);
    }

    private record Pace(Instant start, long firstMs, double speed) {

        Instant due(long tickMs) {
            return start.plusNanos((long) ((tickMs - firstMs) * 1e6 / speed));
        }
    }
}
