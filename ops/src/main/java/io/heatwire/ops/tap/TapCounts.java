package io.heatwire.ops.tap;

/**
 * What became of the entries that were read.
 *
 * @param skipped how many were not shown because there were too many in a second
 * @param unmatched how many did not have what was asked for
 */
public record TapCounts(long shown, long skipped, long unmatched) {

    static final TapCounts NONE = new TapCounts(0, 0, 0);

    TapCounts plusShown() {
        return new TapCounts(shown + 1, skipped, unmatched);
    }

    TapCounts plusSkipped() {
        return new TapCounts(shown, skipped + 1, unmatched);
    }

    TapCounts plusUnmatched() {
        return new TapCounts(shown, skipped, unmatched + 1);
    }

    /** One line. */
    public String line() {
        return shown + " shown, " + skipped + " skipped (more than --rate), " + unmatched
                + " without what --match asks for; no group was touched";
    }
}
