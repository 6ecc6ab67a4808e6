package io.heatwire.operators.lookupjoin;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.expression.EvaluationException;
import io.heatwire.contract.expression.Expression;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.operators.entry.FieldPairs;
import io.heatwire.operators.entry.KeyVariables;
import io.heatwire.operators.entry.NoKeyException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Adds the fields of a hash to each event. */
final class LookUpJoin implements EventOperator {

    private final Map<String, Expression> variables;
    private final KeyTemplate from;
    private final List<String> wanted;
    private final String prefix;
    private final String onMissing;
    private final List<Signal> found;
    private final List<Signal> missing;

    LookUpJoin(OperatorConfig config) {
        variables = config.expressions(KeyVariables.KEY);
        from = config.key(LookUpJoinSpec.FROM);
        wanted = config.list(LookUpJoinSpec.FIELDS);
        prefix = config.text(LookUpJoinSpec.PREFIX);
        onMissing = config.text(LookUpJoinSpec.ON_MISSING);
        found = List.of(Signal.count(LookUpJoinSpec.EVENTS, config.stage(), LookUpJoinSpec.FOUND));
        missing = List.of(Signal.count(LookUpJoinSpec.EVENTS, config.stage(), LookUpJoinSpec.MISSING));
    }

    @Override
    public List<LookUp> lookUps(Event event) {
        try {
            return List.of(lookUp(event));
        } catch (EvaluationException | NoKeyException noKey) {
            // Why is said when it is decided, which it is with the same answer.
            return List.of();
        }
    }

    @Override
    public Outcome decide(Event event, Found answers, long nowMs) {
        LookUp lookUp;
        try {
            lookUp = lookUp(event);
        } catch (EvaluationException failed) {
            return Outcome.dead(failed.reason());
        } catch (NoKeyException noKey) {
            return Outcome.dead(noKey.reason());
        }
        Answer answer = answers.get(lookUp);
        if (answer instanceof Answer.Fields fields) {
            return handOn(joined(event, fields.fields()), found);
        }
        if (answer instanceof Answer.Failed failed) {
            return Outcome.dead(
                    "lookup_failed:" + failed.failure().name().toLowerCase(Locale.ROOT) + " " + lookUp.key());
        }
        return switch (onMissing) {
            case LookUpJoinSpec.PASS -> handOn(FieldPairs.of(event), missing);
            case LookUpJoinSpec.DROP -> Outcome.nothing(missing);
            default -> Outcome.dead("missing_key:" + lookUp.key());
        };
    }

    private LookUp lookUp(Event event) throws NoKeyException {
        return new LookUp.Hash(from.key(KeyVariables.of(event, variables)));
    }

    private List<String> joined(Event event, Map<String, String> hash) {
        Map<String, String> fields = event.fields();
        for (String name : wanted.isEmpty() ? hash.keySet() : wanted) {
            String value = hash.get(name);
            if (value != null) {
                fields.put(prefix + name, value);
            }
        }
        return FieldPairs.of(fields);
    }

    private static Outcome handOn(List<String> fields, List<Signal> signals) {
        return Outcome.apply(List.of(new Effect.Append(LookUpJoinSpec.OUT, List.of(), fields)), signals);
    }
}
