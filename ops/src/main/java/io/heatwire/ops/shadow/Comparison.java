package io.heatwire.ops.shadow;

import io.heatwire.ops.look.StreamEntry;

/**
 * One proposal and what the gate made of it.
 *
 * @param atMs when it was decided, Unix ms
 * @param from the proposed action
 * @param to the calibrated action
 * @param heat NaN when it cannot be read
 * @param reason the gate's reason
 */
record Comparison(
        long atMs, String planId, String symbol, String from, String to, double heat, Bucket bucket, String reason) {

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
                reason);
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
}
