package io.heatwire.operators.lookupwrite;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.expression.EvaluationException;
import io.heatwire.contract.expression.Expression;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.operators.entry.FieldPairs;
import io.heatwire.operators.entry.KeyVariables;
import io.heatwire.operators.entry.NoKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one key for each event. */
final class LookUpWrite implements EventOperator {

    private interface Write {
        Effect of(Event event, String key);
    }

    private final Map<String, Expression> variables;
    private final KeyTemplate to;
    private final long ttlMs;
    private final Write write;

    LookUpWrite(OperatorConfig config) {
        variables = config.expressions(KeyVariables.KEY);
        to = config.key("to");
        ttlMs = config.integer(LookUpWriteSpec.TTL) * 1000;
        write = LookUpWriteSpec.isHash(config) ? hash(config) : value(config);
    }

    @Override
    public Outcome decide(Event event, Found found, long nowMs) {
        try {
            String key = to.key(KeyVariables.of(event, variables));
            return Outcome.apply(List.of(write.of(event, key)), List.of());
        } catch (EvaluationException failed) {
            return Outcome.dead(failed.reason());
        } catch (NoKeyException noKey) {
            return Outcome.dead(noKey.reason());
        }
    }

    private Write hash(OperatorConfig config) {
        var output = LookUpWriteSpec.hash(config);
        List<Expression> values =
                List.copyOf(config.expressions(LookUpWriteSpec.SET).values());
        Expression order = config.expressions(LookUpWriteSpec.SET).get(config.text(LookUpWriteSpec.NEWEST_BY));
        return (event, key) -> new Effect.PutHash(
                output,
                key,
                ttlMs,
                texts(values, event),
                output.open() ? FieldPairs.of(event.fields()) : List.of(),
                order(order, event));
    }

    private static List<String> texts(List<Expression> values, Event event) {
        List<String> texts = new ArrayList<>(values.size());
        values.forEach(value -> texts.add(value.text(event)));
        return texts;
    }

    private static long order(@Nullable Expression order, Event event) {
        return order == null ? 0 : order.integer(event);
    }

    private Write value(OperatorConfig config) {
        var output = LookUpWriteSpec.value(config);
        Expression value = config.expression(LookUpWriteSpec.VALUE);
        return (event, key) -> new Effect.PutValue(output, key, ttlMs, value.text(event));
    }
}
