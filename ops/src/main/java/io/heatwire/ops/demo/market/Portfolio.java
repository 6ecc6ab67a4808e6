package io.heatwire.ops.demo.market;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Long positions of equal notional in every symbol, opened at the first tick at which all volatilities are known, then held with
 * fixed quantities.
 */
public final class Portfolio {

    private static final double DAY_MS = 86_400_000;

    private final double cash;
    private final double leverage;
    private final double barsPerDay;
    private final Map<String, Volatility> volatilities = new TreeMap<>();
    private final Map<String, Holding> holdings = new HashMap<>();
    private int bars;

    /**
     * A portfolio that waits for its first valid tick.
     *
     * @param cash equity at the start, in USD
     * @param leverage sum of notionals over equity at the start
     */
    public Portfolio(Market market, double cash, double leverage) {
        this.cash = cash;
        this.leverage = leverage;
        this.barsPerDay = DAY_MS / market.barMs();
        market.symbols().forEach(symbol -> volatilities.put(symbol, new Volatility()));
    }

    /** Carries the portfolio through a tick; empty before the positions are open. */
    public Optional<Book> on(Tick tick) {
        for (Bar bar : tick.bars()) {
            Volatility volatility = volatilities.get(bar.symbol());
            if (volatility != null) {
                volatility.onClose(bar.close());
            }
        }
        if (!volatilities.values().stream().allMatch(Volatility::isKnown)) {
            return Optional.empty();
        }
        if (holdings.isEmpty()) {
            open();
        }
        bars++;
        List<Position> positions = volatilities.entrySet().stream()
                .map(entry -> position(entry.getKey(), entry.getValue()))
                .toList();
        return Optional.of(new Book(tick.tsMs(), bars, cash, positions));
    }

    private void open() {
        double notional = cash * leverage / volatilities.size();
        volatilities.forEach((symbol, volatility) ->
                holdings.put(symbol, new Holding(notional / volatility.close(), volatility.close())));
    }

    private Position position(String symbol, Volatility volatility) {
        Holding holding = holdings.getOrDefault(symbol, Holding.NONE);
        double sigma = volatility.perBar();
        return new Position(
                symbol,
                holding.quantity(),
                holding.entry(),
                volatility.close(),
                sigma,
                sigma * Math.sqrt(barsPerDay),
                volatility.lastReturn());
    }

    private record Holding(double quantity, double entry) {

        static final Holding NONE = new Holding(0, 0);
    }
}
