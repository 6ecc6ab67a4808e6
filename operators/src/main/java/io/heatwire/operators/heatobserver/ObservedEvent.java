package io.heatwire.operators.heatobserver;

import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.lookup.Answer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The event of the observed stream (contract section 3.5): whether the heat decision of a plan could be found at a point.
 *
 * @param values one value for each of {@link #FIELDS}
 * @param obsPoint the point of the chain
 * @param why why heat was found or not
 * @param found whether the decision is there
 * @param substantive whether it is there and says that its inputs were fine
 */
public record ObservedEvent(
        List<String> values, String obsPoint, ObservedReason why, boolean found, boolean substantive) {

    /** The fields of the event in wire order. */
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

    /** The output of every operator that observes. */
    public static final Output.ToStream OUTPUT =
            new Output.ToStream("observed", FIELDS, false, "One event for each plan and point of observation");

    /** The point of observation at the creation of a plan. */
    public static final String CREATE_APPLY_PLAN = "create_apply_plan";
    /** The point of observation when a close is taken over from reconciliation. */
    public static final String RECONCILE_CLOSE_CONSUME = "reconcile_close_consume";
    /** The point of observation after the publication of a plan. */
    public static final String PUBLISH_PLAN_POST = "publish_plan_post";

    /** The shortest limit of debug_json that leaves room for valid JSON. */
    public static final int SHORTEST_DEBUG = DebugJson.SHORTEST;

    private static final Label OBS_POINT =
            new Label("obs_point", List.of(CREATE_APPLY_PLAN, RECONCILE_CLOSE_CONSUME, PUBLISH_PLAN_POST), null, 8);

    /** Labels: heat_found, obs_point. */
    public static final MeterSpec OBSERVED_TOTAL = MeterSpec.counter(
            "p28_observed_total", "Observed events written", Label.of("heat_found", "0", "1"), OBS_POINT);

    /** Labels: obs_point, reason. */
    public static final MeterSpec HEAT_REASON_TOTAL = MeterSpec.counter(
            "p28_heat_reason_total",
            "Observed events written, by the reason heat was found or not",
            OBS_POINT,
            Label.of("reason", ObservedReason.words()));

    /** Labels: obs_point, substantive. */
    public static final MeterSpec SUBSTANCE_TOTAL = MeterSpec.counter(
            "heatwire_observed_decisions_total",
            "Decisions found, by whether their own reason was ok: coverage of heat, not only of plumbing",
            OBS_POINT,
            Label.of("substantive", "no", "yes"));

    /** The meters that {@link #signals} moves. */
    public static final List<MeterSpec> METERS = List.of(OBSERVED_TOTAL, HEAT_REASON_TOTAL, SUBSTANCE_TOTAL);

    private static final int LONGEST_ERROR = 100;
    private static final long MS_PER_SECOND = 1000;

    /**
     * The event for this answer.
     *
     * @param applyDecision what the planner decided, verbatim
     * @param byPlan the answer to the look-up of the plan's decision
     * @param ifMissing the reason to give when the key is not there, {@code timeout} for example; null for {@code missing}
     * @param nowMs Unix time in ms
     * @param debugLimit the longest debug_json, in characters, at least {@link #SHORTEST_DEBUG}
     */
    public static ObservedEvent of(
            String planId,
            String symbol,
            String obsPoint,
            String applyDecision,
            Answer byPlan,
            @Nullable ObservedReason ifMissing,
            long nowMs,
            int debugLimit) {
        ObservedReason reason = reason(byPlan, ifMissing);
        boolean found = reason == ObservedReason.OK;
        Map<String, String> heat = byPlan instanceof Answer.Fields fields ? fields.fields() : Map.of();
        List<String> values = List.of(
                Long.toString(nowMs / MS_PER_SECOND),
                planId,
                symbol,
                "apply",
                obsPoint,
                found ? "1" : "0",
                heat.getOrDefault("ts_epoch", ""),
                heat.getOrDefault("heat_level", ""),
                heat.getOrDefault("heat_score", ""),
                heat.getOrDefault("heat_action", ""),
                heat.getOrDefault("out_action", ""),
                heat.getOrDefault("recommended_partial", ""),
                reason.word(),
                applyDecision,
                debug(byPlan, applyDecision, debugLimit));
        boolean substantive = "ok".equals(heat.get("reason"));
        return new ObservedEvent(values, obsPoint, reason, found, substantive);
    }

    /** Why heat was found or not, as published. */
    public String reason() {
        return why.word();
    }

    /** What to record when the event was written. */
    public List<Signal> signals() {
        Signal observed = Signal.count(OBSERVED_TOTAL, found ? "1" : "0", obsPoint);
        Signal reasoned = Signal.count(HEAT_REASON_TOTAL, obsPoint, reason());
        return found
                ? List.of(observed, reasoned, Signal.count(SUBSTANCE_TOTAL, obsPoint, substantive ? "yes" : "no"))
                : List.of(observed, reasoned);
    }

    private static ObservedReason reason(Answer byPlan, @Nullable ObservedReason ifMissing) {
        if (byPlan instanceof Answer.Fields) {
            return ObservedReason.OK;
        }
        if (byPlan instanceof Answer.Failed failed) {
            return failed.failure() == Answer.Failure.REDIS_ERROR
                    ? ObservedReason.REDIS_ERROR
                    : ObservedReason.PARSE_ERROR;
        }
        return ifMissing == null ? ObservedReason.MISSING : ifMissing;
    }

    private static String debug(Answer byPlan, String applyDecision, int limit) {
        DebugJson debug = new DebugJson(limit);
        if (byPlan instanceof Answer.Fields heat) {
            debug.add("in_action", heat.fields().getOrDefault("in_action", ""))
                    .add("out_action", heat.fields().getOrDefault("out_action", ""))
                    .add("mode", heat.fields().getOrDefault("mode", ""));
        } else if (byPlan instanceof Answer.Failed failed) {
            debug.add("error", first(failed.detail(), LONGEST_ERROR));
        }
        return debug.add("apply_decision", applyDecision).toString();
    }

    private static String first(String text, int characters) {
        return text.codePointCount(0, text.length()) <= characters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, characters));
    }
}
