package io.heatwire.engine.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.expression.Expression;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanChangeTest {

    private static final SourcePlan SOURCE = new SourcePlan.FromStream("in", "g", "c", 10, 100, 30_000, 16, Map.of());

    /** Made anew for each plan, as a wiring that is read again makes it. */
    private static OperatorSpec spec() {
        return new OperatorSpec(
                "route",
                "Routes.",
                OperatorSpec.Kind.STREAM,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Duties.NONE,
                config -> List.of(),
                config -> {
                    throw new AssertionError("nothing is made to compare plans");
                });
    }

    private static EnginePlan plan(String... rules) {
        Map<String, Object> routes = new LinkedHashMap<>();
        for (String rule : rules) {
            routes.put(rule, Expression.compile("event.kind == \"" + rule + "\""));
        }
        StagePlan stage = new StagePlan(
                "sorter",
                spec(),
                new OperatorConfig(Map.of("rules", routes, "limit", 5L), Map.of()),
                SOURCE,
                Map.of(),
                "in:dead:sorter",
                1000);
        RedisPlan redis = new RedisPlan("localhost", 6379, 0, null, null, false, 5000);
        return new EnginePlan(redis, List.of(), List.of(stage), 1000);
    }

    @Test
    void findsNoDifferenceBetweenTwoReadingsOfTheSameRules() {
        PlanChange change = PlanChange.between(plan("a", "b"), plan("a", "b"));
        assertThat(change.untouched()).containsExactly("sorter");
        assertThat(change.changed()).isEmpty();
    }

    @Test
    void takesRulesInAnotherOrderForAChange() {
        PlanChange change = PlanChange.between(plan("a", "b"), plan("b", "a"));
        assertThat(change.changed()).containsExactly("sorter");
        assertThat(change.isNothing()).isFalse();
    }

    @Test
    void takesAnotherRuleForAChange() {
        assertThat(PlanChange.between(plan("a"), plan("b")).changed()).containsExactly("sorter");
    }
}
