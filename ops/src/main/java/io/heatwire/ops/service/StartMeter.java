package io.heatwire.ops.service;

import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.ops.metrics.Metrics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Since when the counters of this process count. */
final class StartMeter {

    private static final MeterSpec START =
            MeterSpec.gauge(Metrics.START, "Unix time at which this process began to count, in s, by its own clock");

    private StartMeter() {}

    /** To the microsecond, so that no two processes say the same. */
    static void set(MeterBook book, Instant now) {
        book.declare(START, setting -> List.of());
        book.record(START, ChronoUnit.MICROS.between(Instant.EPOCH, now) / 1e6);
    }
}
