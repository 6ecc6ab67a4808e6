package io.heatwire.operators.portfolioheatgate;

import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The meters of the portfolio heat gate, named as in the contract, section 7. */
final class PortfolioHeatMeters {

    static final String PROCESSING_ERROR = "processing_error";

    static final MeterSpec HEAT_VALUE =
            MeterSpec.gauge("p26_heat_value", "Portfolio heat of the last proposal; 0 when it could not be calculated");
    static final MeterSpec BUCKET = MeterSpec.gauge(
            "p26_bucket",
            "1 for the current bucket of the portfolio heat; all 0 when it could not be calculated",
            new Label("state", names(HeatBucket.values()), null, 0));
    static final MeterSpec DOWNGRADED = MeterSpec.counter(
            "p26_actions_downgraded_total",
            "Proposals whose action was changed",
            Label.of("from_action", "FULL_CLOSE", "FULL_CLOSE_PROPOSED"),
            Label.of("reason", reasons("portfolio_heat_cold", "portfolio_heat_warm")),
            Label.of("to_action", "PARTIAL_25", "PARTIAL_75"));
    static final MeterSpec PROCESSED =
            MeterSpec.counter("p26_proposals_processed_total", "Proposals calibrated and written");
    static final MeterSpec STREAM_LAG = MeterSpec.histogram(
            "p26_stream_lag_ms",
            "Time from a proposal's append to its decision, in ms",
            List.of(
                    1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0, 2500.0, 5000.0, 10000.0, 30000.0,
                    60000.0));
    static final MeterSpec FAILURES = MeterSpec.counter(
            "p26_failures_total",
            "Proposals for which the heat could not be calculated, and entries that could not be processed",
            Label.of("reason", reasons(PROCESSING_ERROR)));
    static final MeterSpec HASH_WRITES =
            MeterSpec.counter("p26_hash_writes_total", "Calibrated hashes written in enforce mode");
    static final MeterSpec HASH_WRITE_FAIL = MeterSpec.counter(
            "p26_hash_write_fail_total",
            "Readable proposals in enforce mode that went to the dead-letter stream instead of the hash");
    static final MeterSpec ENFORCE_MODE = MeterSpec.gauge("p26_enforce_mode", "1 in enforce mode, 0 in shadow mode");

    static final List<MeterSpec> ALL = List.of(
            HEAT_VALUE,
            BUCKET,
            DOWNGRADED,
            PROCESSED,
            STREAM_LAG,
            FAILURES,
            HASH_WRITES,
            HASH_WRITE_FAIL,
            ENFORCE_MODE);

    private PortfolioHeatMeters() {}

    private static String[] reasons(String... further) {
        return Stream.concat(Arrays.stream(HeatFailure.values()).map(HeatFailure::reason), Arrays.stream(further))
                .toArray(String[]::new);
    }

    private static List<String> names(HeatBucket... buckets) {
        return Arrays.stream(buckets).map(HeatBucket::name).toList();
    }
}
