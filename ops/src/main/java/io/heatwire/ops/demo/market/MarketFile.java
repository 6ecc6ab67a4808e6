package io.heatwire.ops.demo.market;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Real bars from a gzipped CSV file. Read twice: once to check it as a whole, then as a stream. */
public final class MarketFile implements Market {

    private static final int MAX_SYMBOLS = 100;

    private final Path file;
    private final List<String> symbols;
    private final long barMs;

    private MarketFile(Path file, List<String> symbols, long barMs) {
        this.file = file;
        this.symbols = symbols;
        this.barMs = barMs;
    }

    /**
     * Checks a file from its first line to its last.
     *
     * @throws MarketFileException when it cannot be used
     */
    public static MarketFile check(Path file) {
        Map<String, Integer> bars = new TreeMap<>();
        Map<Long, Integer> gaps = new HashMap<>();
        long before = -1;
        try (Ticks ticks = new FileTicks(file)) {
            for (@Nullable Tick tick = ticks.next(); tick != null; tick = ticks.next()) {
                tick.bars().forEach(bar -> bars.merge(bar.symbol(), 1, Integer::sum));
                if (before >= 0) {
                    gaps.merge(tick.tsMs() - before, 1, Integer::sum);
                }
                before = tick.tsMs();
            }
        }
        requireEnough(file, bars);
        return new MarketFile(file, List.copyOf(bars.keySet()), mostFrequent(gaps));
    }

    @Override
    public String label() {
        return "real prices from " + file.getFileName() + " (positions and proposals are simulated)";
    }

    @Override
    public List<String> symbols() {
        return symbols;
    }

    @Override
    public long barMs() {
        return barMs;
    }

    @Override
    public Ticks open() {
        return new FileTicks(file);
    }

    private static void requireEnough(Path file, Map<String, Integer> bars) {
        if (bars.isEmpty()) {
            throw new MarketFileException(file + ": no bars");
        }
        if (bars.size() > MAX_SYMBOLS) {
            throw new MarketFileException(file + ": " + bars.size() + " symbols, at most " + MAX_SYMBOLS);
        }
        bars.forEach((symbol, count) -> {
            if (count <= Volatility.RETURNS_NEEDED + 1) {
                throw new MarketFileException(file + ": " + symbol + " has " + count
                        + " bars; its volatility needs more than " + (Volatility.RETURNS_NEEDED + 1));
            }
        });
    }

    // A feed with an outage has longer gaps too, so neither the first nor the mean gap is the interval.
    private static long mostFrequent(Map<Long, Integer> gaps) {
        return gaps.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new IllegalStateException("more than one bar of a symbol means a gap"));
    }
}
