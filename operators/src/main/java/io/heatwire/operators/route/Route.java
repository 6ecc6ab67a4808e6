package io.heatwire.operators.route;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.expression.EvaluationException;
import io.heatwire.contract.expression.Expression;
import io.heatwire.contract.lookup.Found;
import io.heatwire.operators.entry.FieldPairs;
import java.util.ArrayList;
import java.util.List;

/** Sends each event to one stream. */
final class Route implements EventOperator {

    /** A condition and where its events go. */
    private record Rule(Expression condition, Output.ToStream output, List<Signal> signals) {}

    private final List<Rule> rules = new ArrayList<>();
    private final String unmatched;
    private final List<Signal> rest;
    private final List<Signal> dropped;

    Route(OperatorConfig config) {
        config.expressions(RouteSpec.RULES)
                .forEach((name, condition) ->
                        rules.add(new Rule(condition, RouteSpec.to(name), counted(config.stage(), name))));
        unmatched = config.text(RouteSpec.UNMATCHED);
        rest = counted(config.stage(), RouteSpec.REST);
        dropped = counted(config.stage(), RouteSpec.DROP);
    }

    @Override
    public Outcome decide(Event event, Found found, long nowMs) {
        try {
            for (Rule rule : rules) {
                if (rule.condition().isTrue(event)) {
                    return to(rule.output(), event, rule.signals());
                }
            }
        } catch (EvaluationException failed) {
            return Outcome.dead(failed.reason());
        }
        return switch (unmatched) {
            case RouteSpec.REST -> to(RouteSpec.rest(), event, rest);
            case RouteSpec.DEAD -> Outcome.dead("no_rule:no rule matches");
            default -> Outcome.nothing(dropped);
        };
    }

    private static Outcome to(Output.ToStream output, Event event, List<Signal> signals) {
        return Outcome.apply(List.of(new Effect.Append(output, List.of(), FieldPairs.of(event))), signals);
    }

    private static List<Signal> counted(String stage, String rule) {
        return List.of(Signal.count(RouteSpec.EVENTS, stage, rule));
    }
}
