package io.heatwire.ops.demo.market;

/**
 * One long position.
 *
 * @param quantity in base units
 * @param entry the price it was opened at
 * @param price the last close
 * @param sigmaBar standard deviation of a return over one bar
 * @param sigmaDay standard deviation of a return over one day: the sigma of the contract's snapshots
 * @param lastReturn the log return of the last bar
 */
public record Position(
        String symbol,
        double quantity,
        double entry,
        double price,
        double sigmaBar,
        double sigmaDay,
        double lastReturn) {

    /** What it is worth, in USD. */
    public double notional() {
        return Math.abs(quantity) * price;
    }

    /** What was won or lost so far, in USD. */
    public double unrealized() {
        return quantity * (price - entry);
    }
}
