package io.heatwire.ops.demo.upstream;

import io.heatwire.ops.demo.market.Book;

/**
 * The five inputs of the heat gate (contract section 5.2), derived from the book: gross exposure, drawdown, recent losses, recent
 * fees and churn. What the original computes them from is not recorded; these are plain readings of their names.
 */
final class HeatInputs {

    private static final double KEEP = 0.94;
    private static final double TAKER_FEE = 0.0005;

    private double peak;
    private double lastEquity;
    private double drawdown;
    private double losses;
    private double fees;
    private double churn;

    /**
     * Carries the inputs through a tick.
     *
     * @param closing the notional that this tick's proposals would close, in USD
     */
    Values next(Book book, double closing) {
        double equity = book.equity();
        double before = book.bars() == 1 ? equity : lastEquity;
        peak = Math.max(peak, equity);
        drawdown = KEEP * drawdown + (1 - KEEP) * (peak - equity);
        // Losses and fees add up and fade, so that a burst of them stands out.
        losses = KEEP * losses + Math.max(0, before - equity);
        fees = KEEP * fees + TAKER_FEE * closing;
        churn = KEEP * churn + (1 - KEEP) * closing / Math.max(book.gross(), 1e-9);
        lastEquity = equity;
        return new Values(book.gross(), drawdown, losses, fees, churn);
    }

    /** The inputs after a tick; all but churn in USD. */
    record Values(double gross, double drawdown, double losses, double fees, double churn) {}
}
