package io.heatwire.operators.applyplanner;

import io.heatwire.operators.number.DecimalText;
import io.heatwire.operators.planid.PlanId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * The apply cycle of contract section 5.4 once more, as plain as it can be written, with our departures. Where a case does not
 * depart from the reference the recorded answer proves this model; where it does, the model is the expectation.
 */
final class PlanModel {

    private static final Set<String> ON = Set.of("1", "true", "yes", "on");

    final PlanRedis redis = PlanRedis.empty();
    final List<Map<String, String>> plans = new ArrayList<>();
    final List<Map<String, String>> results = new ArrayList<>();
    final List<Map<String, String>> observed = new ArrayList<>();
    final Map<String, Double> metrics = new TreeMap<>();

    private final PlanCase given;
    private final String nowS;

    PlanModel(PlanCase given) {
        this.given = given;
        this.nowS = Long.toString(Math.floorDiv(given.vector().nowMs(), 1000));
    }

    void cycle() {
        given.symbols().forEach(this::plan);
    }

    private void plan(String symbol) {
        String key = PlanCase.PROPOSAL + symbol;
        Map<String, String> hash = redis.hashes.getOrDefault(key, Map.of());
        OptionalDouble kill = DecimalText.parseFinite(hash.get("kill_score"));
        boolean usable = hash.containsKey("harvest_action")
                && kill.isPresent()
                && DecimalText.parseFinite(hash.get("last_update_epoch")).isPresent()
                && !redis.unreadable.contains(key);
        if (!usable || outputsOfWrongType()) {
            return;
        }
        String computedAt = hash.getOrDefault("computed_at_utc", "");
        Map<String, String> calibrated = redis.hashes.getOrDefault(PlanCase.CALIBRATED + symbol, Map.of());
        boolean same = !computedAt.isEmpty() && computedAt.equals(calibrated.get("computed_at_utc"));
        String action = same ? calibrated.get("action") : hash.get("harvest_action");
        String planId = PlanId.of(
                symbol, action, kill.getAsDouble(), DecimalText.parse(hash.get("new_sl_proposed")), computedAt);
        decide(symbol, hash, action, kill.getAsDouble(), planId);
    }

    private void decide(String symbol, Map<String, String> hash, String action, double kill, String planId) {
        String dedupe = "quantum:apply:dedupe:" + planId;
        OptionalDouble stop = DecimalText.parseFinite(hash.get("new_sl_proposed"));
        String price = stop.isPresent() && stop.getAsDouble() != 0 ? DecimalText.write(stop.getAsDouble()) : "";
        String percent = percent(action);
        List<String> reasons = new ArrayList<>();
        String decision = gate(symbol, kill, !percent.isEmpty(), reasons);
        String steps = "";
        if (decision.equals("EXECUTE") && redis.values.containsKey(dedupe)) {
            decision = "SKIP";
            reasons.add("duplicate_plan");
            metrics.merge("quantum_apply_dedupe_hits_total", 1.0, Double::sum);
        } else if (decision.equals("EXECUTE")) {
            if (!percent.isEmpty()) {
                String name = percent.equals("100") ? "CLOSE_FULL" : "CLOSE_PARTIAL_" + percent;
                steps = "{'step': '" + name + "', 'type': 'market_reduce_only', 'side': 'close', 'pct': " + percent
                        + ".0}";
            } else if (action.equals("UPDATE_SL") && !price.isEmpty()) {
                steps = "{'step': 'UPDATE_SL', 'type': 'stop_loss_order', 'price': " + price + "}";
            } else if (action.equals("HOLD")) {
                decision = "SKIP";
                reasons.add("action_hold");
            } else {
                decision = "ERROR";
                reasons.add(action.equals("UPDATE_SL") ? "missing_new_sl" : "unknown_action_" + action);
            }
            if (!decision.equals("ERROR")) {
                mark(dedupe, nowS, given.env("APPLY_DEDUPE_TTL_SEC", "21600"));
            }
        }
        observe(symbol, planId, decision);
        publish(symbol, hash, action, kill, planId, decision, reasons, steps, price);
        report(symbol, planId, decision, steps);
    }

    private String gate(String symbol, double kill, boolean closes, List<String> reasons) {
        boolean pulled = isOn(given.env("APPLY_KILL_SWITCH", "false"))
                || isOn(redis.values.getOrDefault("quantum:kill", ""))
                || isOn(redis.values.getOrDefault("quantum:global:kill_switch", ""));
        if (pulled) {
            reasons.add("kill_switch_active");
            return "BLOCKED";
        }
        if (!given.allowlist().contains(symbol)) {
            reasons.add("not_in_allowlist");
            return "SKIP";
        }
        if (kill >= Double.parseDouble(given.env("K_BLOCK_CRITICAL", "0.80"))) {
            reasons.add("kill_score_critical");
            return "BLOCKED";
        }
        if (kill >= Double.parseDouble(given.env("K_BLOCK_WARNING", "0.60"))) {
            reasons.add(closes ? "kill_score_warning_close_ok" : "kill_score_warning_risk_increase");
            return closes ? "EXECUTE" : "BLOCKED";
        }
        return "EXECUTE";
    }

    private void observe(String symbol, String planId, String decision) {
        boolean on = isOn(given.env("P28_HEAT_OBS_ENABLED", "true"));
        String point = "create_apply_plan";
        if (!on || !mark("quantum:dedupe:p28:" + point + ":" + planId, "1", given.env("P28_DEDUPE_TTL_SEC", "600"))) {
            return;
        }
        String key = given.env("P28_HEAT_LOOKUP_PREFIX", "quantum:harvest:heat:by_plan:") + planId;
        Map<String, String> heat = redis.hashes.getOrDefault(key, Map.of());
        String reason = heat.isEmpty() ? "missing" : "ok";
        if (redis.values.containsKey(key) || redis.unreadable.contains(key)) {
            reason = "parse_error";
        }
        String found = reason.equals("ok") ? "1" : "0";
        observed.add(event(symbol, planId, decision, heat, found, reason));
        metrics.merge("p28_observed_total{heat_found=\"" + found + "\",obs_point=\"" + point + "\"}", 1.0, Double::sum);
        metrics.merge("p28_heat_reason_total{obs_point=\"" + point + "\",reason=\"" + reason + "\"}", 1.0, Double::sum);
    }

    private Map<String, String> event(
            String symbol, String planId, String decision, Map<String, String> heat, String found, String reason) {
        Map<String, String> event = new LinkedHashMap<>();
        event.put("ts_epoch", nowS);
        event.put("plan_id", planId);
        event.put("symbol", symbol);
        event.put("apply_component", "apply");
        event.put("obs_point", "create_apply_plan");
        event.put("heat_found", found);
        event.put("heat_ts_epoch", heat.getOrDefault("ts_epoch", ""));
        event.put("heat_level", heat.getOrDefault("heat_level", ""));
        event.put("heat_score", heat.getOrDefault("heat_score", ""));
        event.put("heat_action", heat.getOrDefault("heat_action", ""));
        event.put("heat_out_action", heat.getOrDefault("out_action", ""));
        event.put("heat_recommended_partial", heat.getOrDefault("recommended_partial", ""));
        event.put("heat_reason", reason);
        event.put("apply_decision", decision);
        return event;
    }

    private void publish(
            String symbol,
            Map<String, String> hash,
            String action,
            double kill,
            String planId,
            String decision,
            List<String> reasons,
            String steps,
            String price) {
        if (!mark("quantum:apply:stream_published:" + planId, "1", "300")) {
            return;
        }
        Map<String, String> plan = new LinkedHashMap<>();
        plan.put("plan_id", planId);
        plan.put("symbol", symbol);
        plan.put("action", action);
        plan.put("kill_score", DecimalText.write(kill));
        for (String part : List.of("k_regime_flip", "k_sigma_spike", "k_ts_drop", "k_age_penalty")) {
            plan.put(
                    part,
                    DecimalText.write(DecimalText.parseFinite(hash.get(part)).orElse(0)));
        }
        plan.put("new_sl_proposed", price);
        OptionalDouble rNet = DecimalText.parseFinite(hash.get("R_net"));
        plan.put("R_net", rNet.isPresent() ? DecimalText.write(rNet.getAsDouble()) : "None");
        plan.put("decision", decision);
        plan.put("reason_codes", String.join(",", reasons));
        plan.put("steps", "[" + steps.replace('\'', '"') + "]");
        plan.put("close_qty", "0.0");
        plan.put("price", "");
        plan.put("timestamp", nowS);
        plans.add(plan);
        String series = "quantum_apply_plan_total{decision=\"" + decision + "\",symbol=\"" + symbol + "\"}";
        metrics.merge(series, 1.0, Double::sum);
    }

    private void report(String symbol, String planId, String decision, String steps) {
        Map<String, String> result = new LinkedHashMap<>();
        result.put("plan_id", planId);
        result.put("symbol", symbol);
        result.put("decision", decision);
        result.put("executed", "False");
        result.put("would_execute", decision.equals("EXECUTE") ? "True" : "False");
        String name = steps.replaceAll("^\\{'step': '(\\w+)'.*", "$1");
        result.put(
                "steps_results",
                steps.isEmpty()
                        ? "[]"
                        : "[{\"step\": \"" + name + "\", \"status\": \"would_execute\", \"details\": \"DRY_RUN: "
                                + steps + "\"}]");
        result.put("error", "");
        result.put("timestamp", nowS);
        results.add(result);
    }

    private boolean mark(String key, String value, String ttlSec) {
        if (redis.values.containsKey(key)) {
            return false;
        }
        redis.values.put(key, value);
        redis.ttlMs.put(key, Long.parseLong(ttlSec.strip()) * 1000);
        return true;
    }

    /** A commit is refused as a whole while the key of an output holds something else. */
    private boolean outputsOfWrongType() {
        return PlanRun.outputKeys(given).stream().anyMatch(redis.values::containsKey);
    }

    private static boolean isOn(String word) {
        return ON.contains(word.strip().toLowerCase(java.util.Locale.ROOT));
    }

    /** How much of the position an action closes; empty when it closes nothing. */
    static String percent(String action) {
        return switch (action) {
            case "FULL_CLOSE", "FULL_CLOSE_PROPOSED" -> "100";
            case "PARTIAL_75", "PARTIAL_75_PROPOSED" -> "75";
            case "PARTIAL_50", "PARTIAL_50_PROPOSED" -> "50";
            case "PARTIAL_25", "PARTIAL_25_PROPOSED" -> "25";
            default -> "";
        };
    }
}
