package io.heatwire.operators.portfolioheatgate;

/** Why there is no heat to decide on. Its reason is published and counted; it is never mistaken for a cold portfolio. */
enum HeatFailure {
    /** There is no portfolio state. */
    PORTFOLIO_STATE_MISSING("portfolio_state_missing", "Portfolio state missing"),
    /** The equity is absent, zero or negative. */
    INVALID_EQUITY("invalid_equity", "Invalid equity"),
    /** A number that is needed is no finite number. */
    INVALID_INPUTS("invalid_inputs", "Invalid portfolio inputs"),
    /** No snapshot is young enough to count. */
    SNAPSHOTS_MISSING("snapshots_missing", "No fresh position snapshots"),
    /** Redis could not give an input. */
    HEAT_CALCULATION_ERROR("heat_calculation_error", "Failed to calculate portfolio heat");

    private final String reason;
    private final String headline;

    HeatFailure(String reason, String headline) {
        this.reason = reason;
        this.headline = headline;
    }

    String reason() {
        return reason;
    }

    String headline() {
        return headline;
    }
}
