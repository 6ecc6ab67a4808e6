package io.heatwire.ops.demo.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The published figures of the recorded markets; skipped, and says so, where those are not at hand. */
final class RealMarketTest {

    private final Path markets = Path.of(System.getProperty("heatwire.shared", "../shared"), "market");

    @BeforeEach
    void requireTheRecordedMarkets() {
        boolean here = Files.isDirectory(markets);
        if (!here) {
            System.err.println(
                    "SKIPPED: no recorded markets in " + markets + " (-Dheatwire.shared=DIR names another place)");
        }
        Assumptions.assumeTrue(here, "no recorded markets in " + markets);
    }

    @Test
    void reproducesTheFiguresOfTheTariffCrash() {
        List<Book> books = books("demo_small_perp_3m_2025-04-06_07.csv.gz", 4);

        assertThat(books).hasSize(536);
        assertThat(share(books, "COLD")).isCloseTo(0.11, within(0.005));
        assertThat(share(books, "WARM")).isCloseTo(0.70, within(0.006));
        assertThat(share(books, "HOT")).isCloseTo(0.19, within(0.005));
        assertThat(transitions(books)).isEqualTo(7);
        assertThat(books.stream().mapToDouble(Book::equity).min().orElseThrow()).isCloseTo(3_895, within(0.5));
    }

    @Test
    void neverDividesByEquityBelowZeroInTheYenCrash() {
        List<Book> books = books("spot_5m_2024-08_yen_crash.csv.gz", 3);

        assertThat(books).anyMatch(book -> book.equity() < 0);
        assertThat(books)
                .filteredOn(book -> book.equity() <= 0)
                .allMatch(book -> book.heat().isEmpty());
    }

    @Test
    void acceptsEveryRecordedMarket() throws Exception {
        try (var files = Files.newDirectoryStream(markets, "*.csv.gz")) {
            for (Path file : files) {
                assertThat(MarketFile.check(file).symbols()).isNotEmpty();
            }
        }
    }

    private List<Book> books(String file, double leverage) {
        return PortfolioTest.books(MarketFile.check(markets.resolve(file)), 10_000, leverage, Integer.MAX_VALUE);
    }

    private static double share(List<Book> books, String bucket) {
        return books.stream().filter(book -> bucket(book).equals(bucket)).count() / (double) books.size();
    }

    private static long transitions(List<Book> books) {
        return java.util.stream.IntStream.range(1, books.size())
                .filter(i -> !bucket(books.get(i)).equals(bucket(books.get(i - 1))))
                .count();
    }

    private static String bucket(Book book) {
        double heat = book.heat().orElse(Double.POSITIVE_INFINITY);
        return heat < 0.25 ? "COLD" : heat < 0.65 ? "WARM" : "HOT";
    }
}
