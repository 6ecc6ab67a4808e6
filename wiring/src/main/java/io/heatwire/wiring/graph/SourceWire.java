package io.heatwire.wiring.graph;

import io.heatwire.engine.plan.OnGroupLost;
import io.heatwire.wiring.problem.Place;
import java.util.List;

/** Where the events of a stage come from. */
public sealed interface SourceWire {

    /**
     * Entries of a stream.
     *
     * @param in name or key of a declared stream
     * @param aliases alias to field
     * @param blockPlace where the time to block is written
     */
    record FromStream(
            Word in,
            Word group,
            Word consumer,
            int batch,
            long blockMs,
            long minIdleMs,
            int maxDeliveries,
            List<Binding> aliases,
            OnGroupLost onGroupLost,
            Place blockPlace)
            implements SourceWire {}

    /** A tick for each item of the operator's list setting, on an interval in ms. */
    record OnInterval(long everyMs) implements SourceWire {}
}
