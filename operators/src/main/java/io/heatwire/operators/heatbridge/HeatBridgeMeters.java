package io.heatwire.operators.heatbridge;

import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import java.util.List;

/** The meters of the heat bridge: contract section 7. */
final class HeatBridgeMeters {

    static final String BY_PLAN = "by_plan";
    static final String LATEST_SYMBOL = "latest_symbol";

    static final MeterSpec LOOPS =
            MeterSpec.counter("p27_loops_total", "Turns of the read loop without an error, empty reads too.");

    static final MeterSpec IN = MeterSpec.counter(
            "p27_in_messages_total",
            "Decisions taken in: written for a plan, skipped as repeated, or sent to the dead-letter stream.");

    static final MeterSpec WRITTEN = MeterSpec.counter(
            "p27_written_total",
            "Decisions committed, by kind of key; latest_symbol counts one that a newer decision outdates, too.",
            Label.of("kind", BY_PLAN, LATEST_SYMBOL));

    static final MeterSpec DEDUPE_SKIPS = MeterSpec.counter(
            "p27_dedupe_skips_total", "Decisions skipped because their plan was decided just before.");

    static final MeterSpec ERRORS =
            MeterSpec.counter("p27_errors_total", "Errors, by stage.", Label.of("stage", "read", "write", "ack"));

    static final MeterSpec LAG_MS = MeterSpec.gauge(
            "p27_lag_ms", "Age of the last decision with a time when its keys were written, in ms; never below 0.");

    static final MeterSpec LAST_TS_EPOCH =
            MeterSpec.gauge("p27_last_ts_epoch", "Unix time of the last decision with a time, in s.");

    static final List<MeterSpec> ALL = List.of(LOOPS, IN, WRITTEN, DEDUPE_SKIPS, ERRORS, LAG_MS, LAST_TS_EPOCH);

    private HeatBridgeMeters() {}
}
