package io.heatwire.ops.demo.market;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Made-up prices: a random walk with a common factor, calm at first, then a crash, then a slow recovery, over and over. The same
 * seed gives the same prices.
 */
public final class SimulatedMarket implements Market {

    private static final long FIRST_MS = 1_735_689_600_000L;
    private static final long BAR_MS = 180_000;
    private static final int CYCLE = 400;
    private static final int CRASH_FROM = 180;
    private static final int CRASH_BARS = 60;
    private static final double CALM_SIGMA = 0.0022;
    private static final double CRASH_SIGMA = 0.0075;
    private static final double CRASH_DRIFT = -0.0022;
    private static final double RECOVERY_DRIFT = 0.0009;
    private static final double COMMON = 0.8;

    private final long seed;

    /** A market from this seed. */
    public SimulatedMarket(long seed) {
        this.seed = seed;
    }

    @Override
    public String label() {
        return "simulated prices (seed " + seed + "; --market takes real ones)";
    }

    @Override
    public List<String> symbols() {
        return List.copyOf(firstPrices().keySet().stream().sorted().toList());
    }

    @Override
    public long barMs() {
        return BAR_MS;
    }

    @Override
    public Ticks open() {
        return new Walk(new Random(seed), firstPrices());
    }

    private static Map<String, Double> firstPrices() {
        Map<String, Double> prices = new LinkedHashMap<>();
        prices.put("BNBUSDT", 590.0);
        prices.put("BTCUSDT", 83_000.0);
        prices.put("ETHUSDT", 1_800.0);
        prices.put("LINKUSDT", 12.8);
        prices.put("LTCUSDT", 82.0);
        prices.put("SOLUSDT", 120.0);
        return prices;
    }

    private static final class Walk implements Ticks {

        private final Random random;
        private final Map<String, Double> prices;
        private int bar;

        Walk(Random random, Map<String, Double> prices) {
            this.random = random;
            this.prices = prices;
        }

        @Override
        public Tick next() {
            int phase = bar % CYCLE;
            boolean crash = phase >= CRASH_FROM && phase < CRASH_FROM + CRASH_BARS;
            double sigma = crash ? CRASH_SIGMA : CALM_SIGMA;
            double drift = crash ? CRASH_DRIFT : phase >= CRASH_FROM ? RECOVERY_DRIFT : 0;
            double common = random.nextGaussian();
            List<Bar> bars = new ArrayList<>();
            prices.replaceAll((symbol, price) -> {
                double own = random.nextGaussian();
                double move = drift + sigma * (COMMON * common + Math.sqrt(1 - COMMON * COMMON) * own);
                return price * Math.exp(move);
            });
            prices.forEach((symbol, price) -> bars.add(new Bar(symbol, price)));
            return new Tick(FIRST_MS + BAR_MS * bar++, List.copyOf(bars));
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
