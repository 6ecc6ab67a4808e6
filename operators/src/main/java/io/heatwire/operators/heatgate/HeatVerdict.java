package io.heatwire.operators.heatgate;

/**
 * What the gate says of one action.
 *
 * @param recommendedPartial the part to close, as text; empty for none
 * @param reason {@code ok}, or why the heat is unknown
 */
record HeatVerdict(String heatAction, String outAction, String recommendedPartial, String reason) {

    static final String OK = "ok";
    static final String UNTOUCHED = "NONE";
    static final String DOWNGRADED = "DOWNGRADE_FULL_TO_PARTIAL";
    static final String HELD = "HOLD_CLOSE";
    static final String NO_OPERATION = "NOOP";
    static final String HELD_ACTION = "HOLD_CLOSE_SHADOW";
}
