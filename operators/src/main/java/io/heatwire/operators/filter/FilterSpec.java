package io.heatwire.operators.filter;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.declare.Footprint;
import io.heatwire.contract.declare.Footprint.Carried;
import io.heatwire.contract.declare.Footprint.Passing;
import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.expression.Expression;
import io.heatwire.operators.entry.FieldsRead;
import java.util.List;
import java.util.Map;

/** The declaration of the filter. */
public final class FilterSpec {

    static final String WHERE = "where";
    static final String PASSED = "passed";
    static final String DROPPED = "dropped";

    static final Output.ToStream OUT =
            new Output.ToStream("out", List.of(), true, "The events that match, as they came.");

    static final MeterSpec EVENTS = MeterSpec.counter(
            "heatwire_filter_events_total",
            "Events decided by a filter, by whether they were handed on.",
            Label.stage(),
            Label.of("result", PASSED, DROPPED));

    /** The filter. */
    public static final OperatorSpec SPEC = new OperatorSpec(
            "filter",
            "Hands on the events for which a condition is true; acknowledges and counts the others.",
            OperatorSpec.Kind.STREAM,
            List.of(),
            List.of(Setting.condition(WHERE, null, "The condition, such as double(event.celsius) < 85.0")),
            List.of(OUT),
            List.of(),
            List.of(EVENTS),
            Duties.NONE,
            FilterSpec::footprint,
            config -> List.of(),
            Filter::new);

    private FilterSpec() {}

    private static Footprint footprint(OperatorConfig config) {
        List<Expression> expressions = List.of(config.expression(WHERE));
        return new Footprint(
                FieldsRead.declared(expressions),
                FieldsRead.needed(expressions),
                List.of(OUT),
                List.of(),
                Map.of(OUT.port(), Carried.EVERYTHING),
                Passing.PERHAPS_TO_NONE);
    }
}
