package io.heatwire.ops.shadow;

import io.heatwire.ops.look.StreamEntry;
import java.util.Locale;

/**
 * One proposal and what the gate made of it.
 *
 * @param atMs when it was decided, Unix ms
 * @param from the proposed action
 * @param to the calibrated action
 * @param heat NaN when it cannot be read
 * @param reason the gate's reason
 * @param position what was proposed to be closed
 */
record Comparison(
        long atMs,
        String planId,
        String symbol,
        String from,
        String to,
        double heat,
        Bucket bucket,
        String reason,
        Position position) {

    /**
     * A position, as far as the proposal told.
     *
     * @param price of the symbol at that moment; NaN when it was not told
     * @param direction 1 for a long one, -1 for a short one, 0 when it was not told
     */
    record Position(double price, int direction) {

        static Position of(StreamEntry entry) {
            double price = number(entry.text("position_current_price").orElse(""));
            int direction = switch (entry.text("position_side").orElse("").toUpperCase(Locale.ROOT)) {
                case "LONG", "BUY" -> 1;
                case "SHORT", "SELL" -> -1;
                default -> 0;
            };
            return new Position(price > 0 ? price : Double.NaN, direction);
        }

        boolean hasPrice() {
            return !Double.isNaN(price);
        }
    }

    /** The temperature of the portfolio. */
    enum Bucket {
        COLD,
        WARM,
        HOT,
        /** The heat could not be calculated. */
        UNKNOWN
    }

    static Comparison of(StreamEntry entry) {
        double heat = number(entry.text("heat_value").orElse(""));
        String reason = entry.text("reason").orElse("");
        return new Comparison(
                entry.id().ms(),
                entry.text("plan_id").orElse(""),
                entry.text("symbol").orElse(""),
                entry.text("original_action").orElse(""),
                entry.text("calibrated_action").orElse(""),
                heat,
                bucket(entry.text("heat_bucket").orElse(""), heat, reason),
                reason,
                Position.of(entry));
    }

    /** After a failure the gate writes COLD and names the failure as its reason: that is no cold portfolio. */
    private static Bucket bucket(String word, double heat, String reason) {
        boolean isOfHeat = reason.startsWith("portfolio_heat_") || reason.endsWith("_unchanged");
        if (!isOfHeat || Double.isNaN(heat)) {
            return Bucket.UNKNOWN;
        }
        return switch (word) {
            case "COLD" -> Bucket.COLD;
            case "WARM" -> Bucket.WARM;
            case "HOT" -> Bucket.HOT;
            default -> Bucket.UNKNOWN;
        };
    }

    private static double number(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : Double.NaN;
        } catch (NumberFormatException malformed) {
            return Double.NaN;
        }
    }

    boolean isChanged() {
        return !from.equals(to);
    }

    /** Whether all of a position was to be closed: only such proposals does the gate change. */
    boolean isFullClose() {
        return from.equals("FULL_CLOSE") || from.equals("FULL_CLOSE_PROPOSED");
    }
}
