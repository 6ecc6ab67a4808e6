package io.heatwire.operators.windowcount;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.expression.EvaluationException;
import io.heatwire.contract.expression.Expression;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.operators.entry.KeyVariables;
import io.heatwire.operators.entry.NoKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Counts each event in the window of its own time, not of the clock, so that a redelivery falls into the same one. */
final class WindowCount implements EventOperator {

    private final Map<String, Expression> variables;
    private final Expression atMs;
    private final List<Expression> sums;
    private final Output.ToCounters output;
    private final KeyTemplate counts;
    private final long windowSec;
    private final long ttlMs;

    WindowCount(OperatorConfig config) {
        variables = config.expressions(KeyVariables.KEY);
        atMs = config.expression(WindowCountSpec.AT_MS);
        sums = List.copyOf(config.expressions(WindowCountSpec.SUM).values());
        output = WindowCountSpec.counts(config);
        counts = config.key(WindowCountSpec.COUNTS);
        windowSec = config.integer("window_s");
        ttlMs = config.integer("ttl_s") * 1000;
    }

    @Override
    public Outcome decide(Event event, Found found, long nowMs) {
        try {
            Map<String, String> values = KeyVariables.of(event, variables);
            values.put(WindowCountSpec.WINDOW, Long.toString(windowOf(event)));
            Effect increment = new Effect.Increment(output, counts.key(values), ttlMs, amounts(event));
            return Outcome.apply(List.of(increment), List.of());
        } catch (EvaluationException failed) {
            return Outcome.dead(failed.reason());
        } catch (NoKeyException noKey) {
            return Outcome.dead(noKey.reason());
        }
    }

    private long windowOf(Event event) {
        long second = Math.floorDiv(atMs.integer(event), 1000L);
        return Math.floorDiv(second, windowSec) * windowSec;
    }

    private List<Long> amounts(Event event) {
        List<Long> amounts = new ArrayList<>(sums.size() + 1);
        amounts.add(1L);
        sums.forEach(sum -> amounts.add(sum.integer(event)));
        return amounts;
    }
}
