package io.heatwire.ops.demo.market;

/**
 * The volatility of one symbol: an exponentially weighted mean of squared log returns, v = 0.94 v + 0.06 r^2. Not known before
 * {@link #RETURNS_NEEDED} returns.
 */
final class Volatility {

    static final int RETURNS_NEEDED = 64;
    private static final double KEEP = 0.94;

    private double close = Double.NaN;
    private double variance;
    private double lastReturn;
    private int returns;

    void onClose(double next) {
        if (!Double.isNaN(close)) {
            lastReturn = Math.log(next / close);
            variance = KEEP * variance + (1 - KEEP) * lastReturn * lastReturn;
            returns++;
        }
        close = next;
    }

    boolean isKnown() {
        return returns >= RETURNS_NEEDED;
    }

    double close() {
        return close;
    }

    double lastReturn() {
        return lastReturn;
    }

    /** The standard deviation of a return over one bar. */
    double perBar() {
        return Math.sqrt(variance);
    }
}
