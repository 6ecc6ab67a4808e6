package io.heatwire.ops.demo.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PortfolioTest {

    @Test
    void opensEqualNotionalsWhenEveryVolatilityIsKnown() {
        List<Book> books = books(new SimulatedMarket(1), 10_000, 4, 100);

        assertThat(books).hasSize(100 - 64);
        Book first = books.get(0);
        assertThat(first.equity()).isEqualTo(10_000);
        assertThat(first.gross()).isCloseTo(40_000, within(1e-6));
        assertThat(first.positions())
                .hasSize(6)
                .allSatisfy(position -> assertThat(position.notional()).isCloseTo(40_000 / 6.0, within(1e-6)));
    }

    @Test
    void followsTheFormulasOfVolatilityAndHeat() {
        Portfolio portfolio = new Portfolio(new OneSymbol(), 1_000, 2);
        Optional<Book> book = Optional.empty();
        // The price alternates between 100 and 101, so that every squared return is the same.
        for (int i = 0; i <= 200; i++) {
            book = portfolio.on(new Tick(i * 86_400_000L, List.of(new Bar("ONE", i % 2 == 0 ? 100 : 101))));
        }
        double sigma = Math.log(1.01);
        assertThat(book).isPresent();
        Book last = book.orElseThrow();
        assertThat(last.positions().get(0).sigmaDay()).isCloseTo(sigma, within(1e-6));
        assertThat(last.equity()).isCloseTo(1_000, within(1e-9));
        assertThat(last.heat().orElseThrow()).isCloseTo(2 * sigma, within(1e-6));
    }

    @Test
    void hasNoHeatWhenNothingIsLeftToDivideBy() {
        Position loss = new Position("ONE", 10, 100, 80, 0.01, 0.05, -0.2);

        assertThat(new Book(0, 1, 100, List.of(loss)).heat()).isEmpty();
    }

    @Test
    void goesThroughColdWarmAndHotOnSimulatedPrices() {
        List<Book> books = books(new SimulatedMarket(1), 10_000, 4, 600);

        assertThat(books).anyMatch(book -> book.heat().orElse(9) < 0.25);
        assertThat(books).anyMatch(book -> book.heat().orElse(9) >= 0.65);
    }

    static List<Book> books(Market market, double cash, double leverage, int ticks) {
        Portfolio portfolio = new Portfolio(market, cash, leverage);
        List<Book> books = new ArrayList<>();
        try (Ticks pass = market.open()) {
            Tick tick = pass.next();
            for (int i = 0; i < ticks && tick != null; i++, tick = pass.next()) {
                portfolio.on(tick).ifPresent(books::add);
            }
        }
        return books;
    }

    private record OneSymbol() implements Market {

        @Override
        public String label() {
            return "one symbol, daily bars";
        }

        @Override
        public List<String> symbols() {
            return List.of("ONE");
        }

        @Override
        public long barMs() {
            return 86_400_000;
        }

        @Override
        public Ticks open() {
            throw new UnsupportedOperationException("the test makes its own ticks");
        }
    }
}
