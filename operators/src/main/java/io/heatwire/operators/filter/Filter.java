package io.heatwire.operators.filter;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.expression.EvaluationException;
import io.heatwire.contract.expression.Expression;
import io.heatwire.contract.lookup.Found;
import io.heatwire.operators.entry.FieldPairs;
import java.util.List;

/** Hands on what matches. */
final class Filter implements EventOperator {

    private final Expression where;
    private final List<Signal> passed;
    private final List<Signal> dropped;

    Filter(OperatorConfig config) {
        where = config.expression(FilterSpec.WHERE);
        passed = List.of(Signal.count(FilterSpec.EVENTS, config.stage(), FilterSpec.PASSED));
        dropped = List.of(Signal.count(FilterSpec.EVENTS, config.stage(), FilterSpec.DROPPED));
    }

    @Override
    public Outcome decide(Event event, Found found, long nowMs) {
        try {
            return where.isTrue(event)
                    ? Outcome.apply(List.of(new Effect.Append(FilterSpec.OUT, List.of(), FieldPairs.of(event))), passed)
                    : Outcome.nothing(dropped);
        } catch (EvaluationException failed) {
            return Outcome.dead(failed.reason());
        }
    }
}
