package io.heatwire.engine.link;

import java.util.List;

/** The entries of one read, in order; the unit of demand. */
public record Batch(List<Entry> entries, Origin origin) {

    /** How the entries came. */
    public enum Origin {
        /** Never delivered before. */
        FRESH,
        /** Delivered to this consumer before and not acknowledged. */
        OWN_PENDING,
        /** Taken over from a consumer that made no progress. */
        RECLAIMED
    }

    /** Whether the read found nothing. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }
}
