package io.heatwire.ops.mode;

import io.heatwire.ops.ledger.Check;

/**
 * One condition for a change.
 *
 * @param isFirm whether even --force does not overrule it
 */
public record Gate(Check check, boolean isFirm) {

    static Gate firm(Check check) {
        return new Gate(check, true);
    }

    static Gate soft(Check check) {
        return new Gate(check, false);
    }

    /** Whether it stands in the way. */
    public boolean blocks(boolean isForced) {
        return !check.isGood() && (isFirm || !isForced);
    }
}
