package io.heatwire.operators.map;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.expression.EvaluationException;
import io.heatwire.contract.expression.Expression;
import io.heatwire.contract.lookup.Found;
import io.heatwire.operators.entry.FieldPairs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Renames, drops and sets fields; those that stay keep their order, new ones come last. */
final class FieldMap implements EventOperator {

    private final Map<String, String> renamed;
    private final Set<String> dropped;
    private final Map<String, Expression> set;

    FieldMap(OperatorConfig config) {
        renamed = config.texts(FieldMapSpec.RENAME);
        dropped = Set.copyOf(config.list(FieldMapSpec.DROP));
        set = config.expressions(FieldMapSpec.SET);
    }

    @Override
    public Outcome decide(Event event, Found found, long nowMs) {
        try {
            Map<String, String> fields = kept(event);
            set.forEach((name, expression) -> fields.put(name, expression.text(event)));
            // An entry needs at least one field: Redis would refuse this one.
            return fields.isEmpty()
                    ? Outcome.dead("no_fields:every field was dropped")
                    : Outcome.apply(
                            List.of(new Effect.Append(FieldMapSpec.OUT, List.of(), FieldPairs.of(fields))), List.of());
        } catch (EvaluationException failed) {
            return Outcome.dead(failed.reason());
        }
    }

    /** A field that is renamed takes the place of one that had the name before. */
    private Map<String, String> kept(Event event) {
        Map<String, String> kept = new LinkedHashMap<>();
        Map<String, String> fields = event.fields();
        fields.forEach((name, value) -> {
            String newName = renamed.getOrDefault(name, name);
            if (!dropped.contains(name) && (!newName.equals(name) || !isReplaced(name, fields))) {
                kept.put(newName, value);
            }
        });
        return kept;
    }

    private boolean isReplaced(String name, Map<String, String> fields) {
        return renamed.entrySet().stream()
                .anyMatch(each -> each.getValue().equals(name)
                        && !each.getKey().equals(name)
                        && fields.containsKey(each.getKey()));
    }
}
