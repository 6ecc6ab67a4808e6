package io.heatwire.ops.service;

import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.engine.metrics.MeterBook;
import java.util.List;

/** Since when the counters of this process count. */
final class StartMeter {

    private static final MeterSpec START = MeterSpec.gauge(
            "process_start_time_seconds", "Unix time at which this process began to count, in s, by its own clock");

    private StartMeter() {}

    static void set(MeterBook book, long nowMs) {
        book.declare(START, setting -> List.of());
        book.record(START, nowMs / 1000.0);
    }
}
