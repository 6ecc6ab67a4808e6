package io.heatwire.operators.heatbridge;

import io.heatwire.contract.event.Event;
import io.heatwire.operators.number.DecimalText;
import java.util.OptionalLong;

/**
 * When a decision was made, and how that orders it among the decisions of its symbol.
 *
 * @param epochSec Unix time in s as the entry says; empty when its text is no whole number
 * @param latestText what the keys of the symbol carry as ts_epoch
 * @param order what the keys of the symbol are ordered by, in s
 */
record DecisionTime(OptionalLong epochSec, String latestText, long order) {

    /** How far the clock of a producer may be ahead, in s. */
    private static final long AHEAD_SEC = 60;

    /**
     * Reads the time of an entry.
     *
     * <p>A text that is no time, or a time in the future, must not stand in the key that later decisions are compared with: it
     * would lock them out. Such a decision is ordered by when its entry was appended and leaves the time of the key empty, which
     * any later write replaces.
     *
     * @param nowMs Unix time in ms
     */
    static DecisionTime of(Event event, long nowMs) {
        String text = event.get("ts_epoch", "");
        OptionalLong epochSec = DecimalText.parseInteger(text);
        boolean usable = epochSec.isPresent() && epochSec.getAsLong() <= Math.floorDiv(nowMs, 1000L) + AHEAD_SEC;
        return usable
                ? new DecisionTime(epochSec, text, epochSec.getAsLong())
                : new DecisionTime(epochSec, "", Math.floorDiv(event.id().ms(), 1000L));
    }

    /** Age of the decision, in ms, never below 0; only for one with a time. */
    double lagMs(long nowMs) {
        return Math.max(0, nowMs - epochSec.orElseThrow() * 1000.0);
    }
}
