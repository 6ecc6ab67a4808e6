package io.heatwire.ops.http;

import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.engine.metrics.MeterBook;
import java.util.List;
import java.util.Locale;

/** Counts what the listeners refuse. */
public final class Refusals {

    /** Why. */
    enum Cause {
        /** As many connections were open as a listener allows. */
        CONNECTIONS,
        /** The request came without the right token. */
        TOKEN,
        /** A listener on the loopback, without a token, was asked under a name that anybody could give it. */
        NAME,
        /** The request or the taking of its answer took too long. */
        SLOW,
        /** The request is none, or is too large. */
        MALFORMED
    }

    private static final MeterSpec REFUSED = MeterSpec.counter(
            "heatwire_http_refused_total",
            "Connections and requests the HTTP listeners refused, by cause.",
            Label.of("cause", "connections", "token", "name", "slow", "malformed"));

    private final MeterBook book;

    Refusals(MeterBook book) {
        this.book = book;
        book.declare(REFUSED, setting -> List.of());
    }

    /** What is counted. */
    public static List<MeterSpec> meters() {
        return List.of(REFUSED);
    }

    void count(Cause cause) {
        book.record(REFUSED, 1, cause.name().toLowerCase(Locale.ROOT));
    }
}
