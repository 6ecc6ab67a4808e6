package io.heatwire.ops.demo;

import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the chain of a wiring reads and writes.
 *
 * @param plans the stream of published plans
 * @param decisions the stream of heat decisions
 * @param observed the stream of observations
 * @param calibrated the stream of calibrated proposals
 * @param byPlan the look-up key of a plan
 * @param byPlanTtlMs its time to live when written, in ms
 * @param inputs every stream that a stage reads, with its group
 * @param dead every dead-letter stream
 */
record Chain(
        String plans,
        String decisions,
        String observed,
        String calibrated,
        KeyTemplate byPlan,
        long byPlanTtlMs,
        List<Input> inputs,
        List<String> dead) {

    /** A stream and the group that reads it. */
    record Input(String stream, String group) {}

    /** The chain of a plan that has all its stages. */
    static Chain of(EnginePlan plan) {
        StagePlan bridge = stage(plan, "heat_bridge");
        return new Chain(
                output(plan, "apply_planner", "plan"),
                output(plan, "heat_gate", "decision"),
                output(plan, "late_observer", "observed"),
                output(plan, "portfolio_heat_gate", "calibrated"),
                bridge.config().key("by_plan"),
                bridge.config().integer("ttl_plan_sec") * 1_000,
                plan.stages().stream().flatMap(Chain::input).toList(),
                plan.stages().stream().map(StagePlan::deadStream).distinct().toList());
    }

    String keyOf(String planId) {
        return byPlan.key("plan_id", planId);
    }

    private static Stream<Input> input(StagePlan stage) {
        return stage.source() instanceof SourcePlan.FromStream from
                ? Stream.of(new Input(from.key(), from.group()))
                : Stream.empty();
    }

    private static String output(EnginePlan plan, String operator, String port) {
        String stream = stage(plan, operator).streams().get(port);
        if (stream == null) {
            throw new CannotDemoException("the wiring binds no stream to " + operator + "." + port);
        }
        return stream;
    }

    private static StagePlan stage(EnginePlan plan, String operator) {
        return plan.stages().stream()
                .filter(stage -> stage.spec().name().equals(operator))
                .findFirst()
                .orElseThrow(() -> new CannotDemoException("the wiring has no stage of " + operator));
    }
}
