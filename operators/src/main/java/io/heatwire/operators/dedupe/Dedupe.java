package io.heatwire.operators.dedupe;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Once;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.expression.EvaluationException;
import io.heatwire.contract.expression.Expression;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.operators.entry.FieldPairs;
import io.heatwire.operators.entry.KeyVariables;
import io.heatwire.operators.entry.NoKeyException;
import java.util.List;
import java.util.Map;

/** Hands on what was not seen within the window; the commit itself decides, by the guard. */
final class Dedupe implements EventOperator {

    private final Map<String, Expression> variables;
    private final KeyTemplate seen;
    private final long windowMs;
    private final List<Signal> first;
    private final List<Signal> repeated;

    Dedupe(OperatorConfig config) {
        variables = config.expressions(KeyVariables.KEY);
        seen = config.key(DedupeSpec.SEEN);
        windowMs = DedupeSpec.windowMs(config);
        first = List.of(Signal.count(DedupeSpec.EVENTS, config.stage(), DedupeSpec.FIRST));
        repeated = List.of(Signal.count(DedupeSpec.EVENTS, config.stage(), DedupeSpec.REPEATED));
    }

    @Override
    public Outcome decide(Event event, Found found, long nowMs) {
        try {
            Once once = new Once(
                    seen.key(KeyVariables.of(event, variables)),
                    windowMs,
                    event.id().toString());
            return Outcome.once(
                    once, List.of(new Effect.Append(DedupeSpec.OUT, List.of(), FieldPairs.of(event))), first, repeated);
        } catch (EvaluationException failed) {
            return Outcome.dead(failed.reason());
        } catch (NoKeyException noKey) {
            return Outcome.dead(noKey.reason());
        }
    }
}
