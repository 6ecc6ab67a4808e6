package io.heatwire.ops.proof;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.look.StreamEntry;
import java.util.List;
import java.util.Map;

/** A decision for each plan, with what the policy makes of the heat there is, and the newest of the symbol under its key. */
final class HeatGateProof implements StageProof {

    private static final String FULL = "FULL_CLOSE_PROPOSED";
    private static final String NEVER_HELD = "1000000";

    @Override
    public void run(Ground ground, StagePlan stage, Sheet sheet) {
        Counters counters = Counters.of(ground, stage);
        sheet.test("decision");
        String planId = ground.marks().id(stage.name() + "-1");
        Map<String, String> plan = ground.sample(stage, planId);
        plan.remove("harvest_action");
        plan.put("plan_id", planId);
        plan.put("symbol", Marks.SYMBOL);
        plan.put("action", FULL);
        plan.put("kill_score", NEVER_HELD);
        EntryId id = ground.give(stage, plan);
        ground.until(() -> !decisions(ground, stage, planId).isEmpty());
        List<StreamEntry> decisions = decisions(ground, stage, planId);
        sheet.check(
                "decisions about the plan",
                decisions.size() == 1,
                "1",
                decisions.isEmpty() ? "none: " + ground.fate(stage, id) : Integer.toString(decisions.size()));
        if (decisions.isEmpty()) {
            sheet.leaveOut("policy, shadow key, counters", "there is no decision");
            return;
        }
        StreamEntry decision = decisions.get(0);
        List<String> fields = declared(stage);
        List<String> seen = decision.fields().stream()
                .map(field -> Escaped.text(field.name()))
                .toList();
        sheet.check(
                "its fields",
                seen.equals(fields),
                fields.size() + " fields in their order",
                seen.equals(fields) ? seen.size() + " fields in their order" : seen.toString());
        sheet.same(
                "symbol, in_action, mode",
                Marks.SYMBOL + " " + FULL + " " + stage.config().text("mode"),
                text(decision, "symbol") + " " + text(decision, "in_action") + " " + text(decision, "mode"));
        String level = text(decision, "heat_level");
        sheet.same(
                "out_action of a full close at the heat there is (" + level + ")",
                expectedAction(stage.config(), level),
                text(decision, "out_action"));

        sheet.test("shadow key");
        String key = stage.config().key("shadow").key("symbol", Marks.SYMBOL);
        ground.until(() -> planId.equals(ground.hash(key).get("last_plan_id")));
        sheet.same(
                "newest decision of the symbol (last_plan_id)",
                planId,
                ground.hash(key).getOrDefault("last_plan_id", ""));

        sheet.test("metrics");
        counters.grew(sheet, "p26_in_messages_total", Map.of("action", FULL), 1);
        counters.grew(sheet, "p26_out_messages_total", Map.of("heat_level", level), 1);
    }

    private static List<StreamEntry> decisions(Ground ground, StagePlan stage, String planId) {
        return ground.since(stage.streams().getOrDefault("decision", "")).stream()
                .filter(entry -> entry.has("plan_id", planId))
                .toList();
    }

    private static List<String> declared(StagePlan stage) {
        return stage.spec().outputs().stream()
                .filter(output -> output instanceof Output.ToStream)
                .flatMap(output -> ((Output.ToStream) output).fields().stream())
                .toList();
    }

    private static String text(StreamEntry entry, String field) {
        return entry.text(field).orElse("(absent)");
    }

    private static String expectedAction(OperatorConfig config, String level) {
        return switch (level) {
            case "cold" -> FULL;
            case "warm" -> partial(config.decimal("warm_partial"));
            case "hot" -> partial(config.decimal("hot_partial"));
            case "unknown" -> config.text("on_missing_inputs").equals("closed") ? "NOOP" : FULL;
            default -> "an action for cold, warm, hot or unknown";
        };
    }

    private static String partial(double part) {
        return "PARTIAL_" + Math.round(part * 100) + "_PROPOSED";
    }
}
