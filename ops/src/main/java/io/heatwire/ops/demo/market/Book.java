package io.heatwire.ops.demo.market;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The portfolio after a tick.
 *
 * @param tsMs Unix time of the tick, in ms
 * @param bars how many ticks the positions have been held
 * @param cash what was there at the start, in USD
 */
public record Book(long tsMs, int bars, double cash, List<Position> positions) {

    /** Cash with all wins and losses, in USD; below 0 when a crash took more than there was. */
    public double equity() {
        return cash + unrealized();
    }

    /** All wins and losses that are not realised, in USD. */
    public double unrealized() {
        return positions.stream().mapToDouble(Position::unrealized).sum();
    }

    /** The sum of all notionals, in USD. */
    public double gross() {
        return positions.stream().mapToDouble(Position::notional).sum();
    }

    /**
     * Heat as the portfolio heat gate sees it: notional times daily sigma over equity (contract section 5.3). Empty when there
     * is no equity to divide by.
     */
    public OptionalDouble heat() {
        double risk = positions.stream()
                .mapToDouble(position -> position.notional() * position.sigmaDay())
                .sum();
        return equity() > 0 ? OptionalDouble.of(risk / equity()) : OptionalDouble.empty();
    }
}
