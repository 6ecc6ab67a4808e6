package io.heatwire.ops.proof;

import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.look.StreamEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an observer says of the plans of a proof. */
record Observations(Ground ground, StagePlan stage) {

    private static final String OBSERVED = "observed";

    String point() {
        return stage.config().text("obs_point");
    }

    String byPlan(String planId) {
        return stage.config().key("by_plan").key("plan_id", planId);
    }

    /** A plan that the observer can be given. */
    Map<String, String> plan(String planId) {
        Map<String, String> plan = ground.sample(stage, planId);
        plan.put("plan_id", planId);
        plan.put("symbol", Marks.SYMBOL);
        return plan;
    }

    /** Writes a decision for the plan, as a bridge does. */
    void putDecision(String planId) {
        Map<String, String> decision = new LinkedHashMap<>();
        stage.spec().lookUps().stream()
                .filter(lookUp -> lookUp.port().equals("by_plan") && lookUp.type() == LookUpSpec.Type.HASH)
                .forEach(lookUp -> lookUp.fields().forEach(field -> decision.put(field, "")));
        decision.put("plan_id", planId);
        decision.put("symbol", Marks.SYMBOL);
        decision.put("heat_level", "cold");
        decision.put("reason", "ok");
        decision.put("mode", "shadow");
        ground.put(byPlan(planId), decision);
    }

    /** What it wrote about the plan. */
    List<StreamEntry> of(String planId) {
        return ground.since(stage.streams().getOrDefault(OBSERVED, "")).stream()
                .filter(entry -> entry.has("plan_id", planId) && entry.has("obs_point", point()))
                .toList();
    }

    /** What it wrote about plans whose ids begin like this. */
    long startingWith(String prefix) {
        return ground.since(stage.streams().getOrDefault(OBSERVED, "")).stream()
                .filter(entry -> entry.has("obs_point", point())
                        && entry.text("plan_id").orElse("").startsWith(prefix))
                .count();
    }

    /** Checks what the one event about the plan says. */
    void says(Sheet sheet, String what, String planId, String found, String reason, String otherwise) {
        List<StreamEntry> events = of(planId);
        String seen = events.isEmpty()
                ? "no event: " + otherwise
                : "heat_found=" + events.get(0).text("heat_found").orElse("") + " heat_reason="
                        + events.get(0).text("heat_reason").orElse("");
        sheet.same(what, "heat_found=" + found + " heat_reason=" + reason, seen);
    }

    /** Checks that an event has exactly the declared fields in their order, and that there is one. */
    void isWhole(Sheet sheet, String planId) {
        List<String> declared = stage.spec().outputs().stream()
                .filter(output -> output.port().equals(OBSERVED))
                .filter(Output.ToStream.class::isInstance)
                .flatMap(output -> ((Output.ToStream) output).fields().stream())
                .toList();
        List<StreamEntry> events = of(planId);
        List<String> seen = events.isEmpty()
                ? List.of()
                : events.get(0).fields().stream()
                        .map(field -> Escaped.text(field.name()))
                        .toList();
        sheet.check(
                "the event of a plan",
                events.size() == 1 && seen.equals(declared),
                "one event with " + declared.size() + " fields in their order",
                events.size() + " with "
                        + (seen.equals(declared) ? declared.size() + " fields in their order" : "fields " + seen));
    }

    /** The labels of what is counted about this point. */
    Map<String, String> counted(String found) {
        return Map.of("obs_point", point(), "heat_found", found);
    }
}
