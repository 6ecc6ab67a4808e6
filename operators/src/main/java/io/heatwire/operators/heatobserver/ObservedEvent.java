package io.heatwire.operators.heatobserver;

import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of apply.heat.observed, contract sections 3.5 and 5.7.
 *
 * @param values one for each of {@link #FIELDS}
 * @param found whether the heat decision was there
 * @param reason ok, missing, timeout, redis_error or parse_error
 */
public record ObservedEvent(List<String> values, boolean found, String reason) {

    /** The field names in wire order. */
    public static final List<String> FIELDS = List.of(
            "ts_epoch",
            "plan_id",
            "symbol",
            "apply_component",
            "obs_point",
            "heat_found",
            "heat_ts_epoch",
            "heat_level",
            "heat_score",
            "heat_action",
            "heat_out_action",
            "heat_recommended_partial",
            "heat_reason",
            "apply_decision",
            "debug_json");

    private static final Label OBS_POINT =
            Label.of("obs_point", "create_apply_plan", "reconcile_close_consume", "publish_plan_post");

    /** Observed events by point and whether heat was found. */
    public static final MeterSpec OBSERVED_TOTAL = MeterSpec.counter(
            "p28_observed_total", "Observed events written", Label.of("heat_found", "0", "1"), OBS_POINT);

    /** Observed events by point and reason. */
    public static final MeterSpec HEAT_REASON_TOTAL = MeterSpec.counter(
            "p28_heat_reason_total",
            "Observed events written, by why heat was or was not found",
            OBS_POINT,
            Label.of("reason", "ok", "missing", "timeout", "redis_error", "parse_error"));

    /**
     * The event for one look-up.
     *
     * @param reasonOverride the reason when nothing was found; null for missing
     * @param nowMs Unix time in ms
     * @param maxDebugChars the longest debug_json allowed, in characters
     */
    public static ObservedEvent of(
            String planId,
            String symbol,
            String obsPoint,
            String applyDecision,
            Answer byPlan,
            @Nullable String reasonOverride,
            long nowMs,
            int maxDebugChars) {
        Map<String, String> heat = byPlan instanceof Answer.Fields hash ? hash.fields() : Map.of();
        boolean found = byPlan instanceof Answer.Fields;
        String reason = reason(byPlan, reasonOverride);
        List<String> values =
                new ArrayList<>(List.of(Long.toString(Math.floorDiv(nowMs, 1000)), planId, symbol, "apply", obsPoint));
        values.add(found ? "1" : "0");
        for (String name :
                List.of("ts_epoch", "heat_level", "heat_score", "heat_action", "out_action", "recommended_partial")) {
            values.add(heat.getOrDefault(name, ""));
        }
        values.addAll(List.of(reason, applyDecision, debug(byPlan, applyDecision, maxDebugChars)));
        return new ObservedEvent(List.copyOf(values), found, reason);
    }

    private static String reason(Answer byPlan, @Nullable String override) {
        if (byPlan instanceof Answer.Fields) {
            return "ok";
        }
        if (byPlan instanceof Answer.Failed failed) {
            return failed.failure() == Answer.Failure.REDIS_ERROR ? "redis_error" : "parse_error";
        }
        return override == null ? "missing" : override;
    }

    private static String debug(Answer byPlan, String applyDecision, int maxChars) {
        Map<String, String> debug = new LinkedHashMap<>();
        if (byPlan instanceof Answer.Fields hash) {
            for (String name : List.of("in_action", "out_action", "mode")) {
                debug.put(name, hash.fields().getOrDefault(name, ""));
            }
        } else if (byPlan instanceof Answer.Failed failed) {
            debug.put(
                    "error",
                    failed.detail().substring(0, Math.min(100, failed.detail().length())));
        }
        debug.put("apply_decision", applyDecision);
        String json = JsonText.object(debug);
        return json.length() <= maxChars ? json : "{}";
    }
}
