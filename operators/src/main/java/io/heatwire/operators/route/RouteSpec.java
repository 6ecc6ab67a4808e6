package io.heatwire.operators.route;

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
import io.heatwire.contract.declare.SettingProblem;
import io.heatwire.contract.expression.Expression;
import io.heatwire.operators.entry.FieldsRead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The declaration of the route. */
public final class RouteSpec {

    static final String RULES = "rules";
    static final String UNMATCHED = "unmatched";
    static final String REST = "rest";
    static final String DROP = "drop";
    static final String DEAD = "dead";

    private static final int MOST_RULES = 30;

    static final MeterSpec EVENTS = MeterSpec.counter(
            "heatwire_route_events_total",
            "Events decided by a route, by the rule that matched.",
            Label.stage(),
            new Label("rule", List.of(REST, DROP), RULES, 0));

    /** The route. */
    public static final OperatorSpec SPEC = new OperatorSpec(
            "route",
            "Sends each event to the stream of the first rule that matches. Each rule is a port of that name.",
            OperatorSpec.Kind.STREAM,
            List.of(),
            List.of(
                    Setting.block(
                            RULES,
                            Setting.Type.CONDITIONS,
                            true,
                            "Names of ports, each with its condition; the first that is true decides."),
                    Setting.choice(
                            UNMATCHED,
                            DROP,
                            "",
                            "What becomes of an event no rule matches: acknowledged and counted, sent to port rest, or made a"
                                    + " dead letter.",
                            DROP,
                            REST,
                            DEAD)),
            List.of(rest()),
            List.of(),
            List.of(EVENTS),
            Duties.NONE,
            RouteSpec::footprint,
            RouteSpec::check,
            Route::new);

    private RouteSpec() {}

    /** The output of a rule. */
    static Output.ToStream to(String rule) {
        return new Output.ToStream(
                rule, List.of(), true, "The events for which rule " + rule + " is the first to match.");
    }

    static Output.ToStream rest() {
        return new Output.ToStream(REST, List.of(), true, "With unmatched: rest, the events no rule matches.");
    }

    private static Footprint footprint(OperatorConfig config) {
        Collection<Expression> expressions = config.expressions(RULES).values();
        List<Output> outputs = new ArrayList<>();
        config.expressions(RULES).keySet().forEach(rule -> outputs.add(to(rule)));
        if (config.text(UNMATCHED).equals(REST)) {
            outputs.add(rest());
        }
        Map<String, Carried> carried = new HashMap<>();
        outputs.forEach(output -> carried.put(output.port(), Carried.EVERYTHING));
        return new Footprint(
                FieldsRead.declared(expressions),
                FieldsRead.needed(expressions),
                outputs,
                List.of(),
                carried,
                config.text(UNMATCHED).equals(DROP) ? Passing.PERHAPS_TO_NONE : Passing.TO_ONE_OUTPUT);
    }

    private static List<SettingProblem> check(OperatorConfig config) {
        Collection<String> rules = config.expressions(RULES).keySet();
        if (rules.isEmpty() || rules.size() > MOST_RULES) {
            return List.of(
                    new SettingProblem(RULES, "there are " + rules.size() + " rules", "give from 1 to " + MOST_RULES));
        }
        return rules.stream()
                .filter(rule -> !isPort(rule))
                .map(RouteSpec::badName)
                .toList();
    }

    private static boolean isPort(String rule) {
        return rule.matches("[a-z][a-z0-9_]{0,40}") && !rule.equals(REST) && !rule.equals(DROP);
    }

    private static SettingProblem badName(String rule) {
        return new SettingProblem(
                RULES + "." + rule,
                "'" + rule + "' cannot be the name of a rule",
                "use lower case letters, digits and _; rest and drop are taken");
    }
}
