package io.heatwire.ops.proof;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.plan.StagePlan;
import java.util.List;
import java.util.Map;

/** A: a decision becomes three keys. B: it does so once for each plan. C: the newest of a symbol counts. */
final class HeatBridgeProof implements StageProof {

    private static final long OLDER_SEC = 60;

    @Override
    public String metricsTest() {
        return "D metrics";
    }

    @Override
    public String healthTest() {
        return "E health";
    }

    @Override
    public void run(Ground ground, StagePlan stage, Sheet sheet) {
        Counters counters = Counters.of(ground, stage);
        Keys keys = new Keys(ground, stage);
        // Not older than a decision that came of a proof of another stage, for the same symbol, a moment ago.
        long now = ground.nowSec();

        sheet.test("A injection");
        String first = ground.marks().id(stage.name() + "-1");
        Map<String, String> decision = decision(ground, stage, first, now, "FULL_CLOSE_PROPOSED");
        EntryId id = ground.give(stage, decision);
        if (!keys.holdsDecision(sheet, first, decision, id)) {
            sheet.leaveOut("B dedupe, C latest update", "nothing came of the first injection");
            return;
        }
        keys.standsFor(sheet, "by_plan", keys.byPlan(first), "ttl_plan_sec", id);
        sheet.same("latest names the plan (last_plan_id)", first, keys.latest().getOrDefault("last_plan_id", ""));
        sheet.same("latest_plan_id", first, keys.latestPlanId());
        keys.standsFor(sheet, "latest", keys.latestKey(), "ttl_symbol_sec", id);
        keys.standsFor(sheet, "the marker of the guard", keys.marker(first), "dedupe_ttl_sec", id);

        sheet.test("B dedupe");
        EntryId again = ground.give(stage, decision(ground, stage, first, now, "PARTIAL_25_PROPOSED"));
        boolean isSettled = ground.until(() -> ground.isSettled(stage, again));
        sheet.check(
                "the repeated plan is settled",
                isSettled,
                "settled",
                isSettled ? "settled" : ground.fate(stage, again));
        sheet.same(
                "by_plan keeps what came first (out_action)",
                "FULL_CLOSE_PROPOSED",
                ground.hash(keys.byPlan(first)).getOrDefault("out_action", ""));
        counters.grew(sheet, "p27_dedupe_skips_total", Map.of(), 1);

        sheet.test("C latest update");
        String second = ground.marks().id(stage.name() + "-2");
        ground.give(stage, decision(ground, stage, second, now + 1, "PARTIAL_50_PROPOSED"));
        ground.until(() -> keys.latestPlanId().equals(second));
        sheet.same("latest_plan_id", second, keys.latestPlanId());
        sheet.same(
                "latest (last_plan_id, out_action)",
                second + " PARTIAL_50_PROPOSED",
                keys.latest().getOrDefault("last_plan_id", "") + " "
                        + keys.latest().getOrDefault("out_action", ""));
        String older = ground.marks().id(stage.name() + "-3");
        EntryId late = ground.give(stage, decision(ground, stage, older, now - OLDER_SEC, "HOLD"));
        ground.until(() -> ground.isSettled(stage, late));
        sheet.same("an older decision does not replace it (latest_plan_id)", second, keys.latestPlanId());

        sheet.test(metricsTest());
        counters.grew(sheet, "p27_in_messages_total", Map.of(), 4);
        counters.grew(sheet, "p27_written_total", Map.of("kind", "by_plan"), 3);
    }

    private static Map<String, String> decision(
            Ground ground, StagePlan stage, String planId, long tsEpoch, String outAction) {
        Map<String, String> decision = ground.sample(stage, planId);
        decision.put("ts_epoch", Long.toString(tsEpoch));
        decision.put("plan_id", planId);
        decision.put("symbol", Marks.SYMBOL);
        decision.put("in_action", "FULL_CLOSE_PROPOSED");
        decision.put("out_action", outAction);
        decision.put("heat_level", "warm");
        decision.put("heat_score", "0.5");
        decision.put("heat_action", "NONE");
        decision.put("recommended_partial", "");
        decision.put("inputs_age_sec", "1");
        return decision;
    }

    /** The keys of a bridge. */
    private record Keys(Ground ground, StagePlan stage) {

        private OperatorConfig config() {
            return stage.config();
        }

        String byPlan(String planId) {
            return config().key("by_plan").key("plan_id", planId);
        }

        String marker(String planId) {
            return config().key("dedupe").key("plan_id", planId);
        }

        String latestKey() {
            return config().key("latest").key("symbol", Marks.SYMBOL);
        }

        Map<String, String> latest() {
            return ground.hash(latestKey());
        }

        String latestPlanId() {
            return ground.value(config().key("latest_plan_id").key("symbol", Marks.SYMBOL));
        }

        boolean holdsDecision(Sheet sheet, String planId, Map<String, String> decision, EntryId id) {
            String key = byPlan(planId);
            boolean isThere = ground.until(() ->
                    !ground.hash(key).isEmpty() || ground.letter(stage, id).isPresent());
            Map<String, String> seen = ground.hash(key);
            List<String> fields = stage.spec().outputs().stream()
                    .filter(Output.ToHash.class::isInstance)
                    .map(Output.ToHash.class::cast)
                    .filter(hash -> hash.port().equals("by_plan"))
                    .flatMap(hash -> hash.fields().stream())
                    .toList();
            List<String> wrong = fields.stream()
                    .filter(field -> !decision.getOrDefault(field, "").equals(seen.get(field)))
                    .map(field -> field + "=" + seen.getOrDefault(field, "(absent)"))
                    .toList();
            return sheet.check(
                    "by_plan holds the decision",
                    isThere && wrong.isEmpty(),
                    "a hash of " + fields.size() + " fields as injected",
                    seen.isEmpty()
                            ? "no hash " + key + ": " + ground.fate(stage, id)
                            : wrong.isEmpty() ? fields.size() + " fields as injected" : String.join(", ", wrong));
        }

        /** Checks how long a key that was written after this entry came is going to stand. */
        void standsFor(Sheet sheet, String what, String key, String setting, EntryId id) {
            long ttlMs = config().integer(setting) * 1000;
            long expiresMs = ground.view().expiresMs(key);
            long nowMs = ground.view().nowMs();
            boolean isFine = expiresMs >= id.ms() + ttlMs && expiresMs <= nowMs + ttlMs;
            sheet.check(
                    "TTL of " + what,
                    isFine,
                    config().integer(setting) + " s (" + setting + ") from when it was written",
                    expiresMs < 0
                            ? expiresMs == -1 ? "a key that never expires" : "no key"
                            : (expiresMs - nowMs) / 1000 + " s left after " + (nowMs - id.ms()) + " ms");
        }
    }
}
