package io.heatwire.engine.metrics;

import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.engine.edge.EdgeState;
import java.util.List;

/** The meters of the edges of a wiring and of the pairs whose coverage is measured. */
public final class FlowMeters {

    private static final Label EDGE = new Label("edge", List.of(), "edge", 0);
    private static final Label PAIR = new Label("pair", List.of(), "pair", 0);

    /** The state of each edge. */
    public static final MeterSpec STATE = MeterSpec.gauge(
            "heatwire_edge_state",
            "1 for the state the edge is in, 0 for all others",
            EDGE,
            new Label("state", EdgeState.words(), null, 0));

    /** How long it is in this state. */
    public static final MeterSpec STATE_SECONDS =
            MeterSpec.gauge("heatwire_edge_state_seconds", "How long the edge has been in its state", EDGE);

    /** How long nothing came. */
    public static final MeterSpec LAST_ENTRY_SECONDS = MeterSpec.gauge(
            "heatwire_edge_last_entry_seconds",
            "Time since the last entry came to the stream of the edge; -1 when there never was one, and for keys",
            EDGE);

    /** The share of what should be there that is. */
    public static final MeterSpec RATIO = MeterSpec.gauge(
            "heatwire_coverage_ratio",
            "Share of the sampled entries of a pair whose counterpart is there, 0 to 1; -1 when none was to be expected",
            PAIR);

    /** How many should be there. */
    public static final MeterSpec EXPECTED = MeterSpec.gauge(
            "heatwire_coverage_expected", "Sampled entries of a pair that should have a counterpart by now", PAIR);

    /** How many are there. */
    public static final MeterSpec FOUND =
            MeterSpec.gauge("heatwire_coverage_found", "Those of them whose counterpart is there", PAIR);

    private FlowMeters() {}

    /** Makes the meters of these edges present at 0, and in no state but unknown. */
    public static void declareEdges(MeterBook book, List<String> edges) {
        if (!edges.isEmpty()) {
            List.of(STATE, STATE_SECONDS, LAST_ENTRY_SECONDS).forEach(spec -> book.declare(spec, setting -> edges));
        }
        edges.forEach(edge -> book.record(LAST_ENTRY_SECONDS, -1, edge));
        edges.forEach(edge -> book.record(STATE, 1, edge, EdgeState.UNKNOWN.word()));
    }

    /** Makes the meters of these pairs present. */
    public static void declarePairs(MeterBook book, List<String> pairs) {
        if (!pairs.isEmpty()) {
            List.of(RATIO, EXPECTED, FOUND).forEach(spec -> book.declare(spec, setting -> pairs));
        }
        pairs.forEach(pair -> book.record(RATIO, -1, pair));
    }

    /** Takes the meters of these edges away. */
    public static void forgetEdges(MeterBook book, List<String> edges) {
        edges.forEach(
                edge -> List.of(STATE, STATE_SECONDS, LAST_ENTRY_SECONDS).forEach(spec -> book.forget(spec, 0, edge)));
    }

    /** Takes the meters of these pairs away. */
    public static void forgetPairs(MeterBook book, List<String> pairs) {
        pairs.forEach(pair -> List.of(RATIO, EXPECTED, FOUND).forEach(spec -> book.forget(spec, 0, pair)));
    }

    /** All of them, in the order of the reference. */
    public static List<MeterSpec> all() {
        return List.of(STATE, STATE_SECONDS, LAST_ENTRY_SECONDS, RATIO, EXPECTED, FOUND);
    }
}
