package io.heatwire.ops.service;

import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.engine.metrics.MeterBook;
import java.util.List;
import java.util.Locale;

/** What there is to measure of reloads. */
public final class ReloadMeters {

    private static final MeterSpec GENERATION = MeterSpec.gauge(
            "heatwire_generation",
            "Number of the wiring that runs: 1 at the start, one more with each accepted reload");

    private static final MeterSpec RELOADS = MeterSpec.counter(
            "heatwire_reloads_total",
            "Reloads, by outcome",
            Label.of("outcome", "accepted", "refused", "rolled_back", "unchanged"));

    private static final MeterSpec LAST = MeterSpec.gauge(
            "heatwire_reload_last_epoch_seconds",
            "Unix time of the last reload, whatever its outcome; 0 before the first");

    private final MeterBook book;

    ReloadMeters(MeterBook book) {
        this.book = book;
        all().forEach(spec -> book.declare(spec, setting -> List.of()));
        book.record(GENERATION, 1);
    }

    /** Their declarations. */
    public static List<MeterSpec> all() {
        return List.of(GENERATION, RELOADS, LAST);
    }

    void count(ReloadOutcome outcome, long epochS) {
        book.record(RELOADS, 1, outcome.kind().name().toLowerCase(Locale.ROOT));
        book.record(GENERATION, (double) outcome.generation());
        book.record(LAST, (double) epochS);
    }
}
