package io.heatwire.operators.applyplanner;

import io.heatwire.operators.json.JsonText;
import io.heatwire.operators.number.DecimalText;
import java.util.List;

/**
 * A plan as it goes to the streams.
 *
 * @param timestampS Unix time of the decision, in s
 */
record ApplyPlan(HarvestProposal proposal, PlanVerdict verdict, long timestampS) {

    /** The fields of apply.plan, contract section 3.1. */
    static final List<String> PLAN_FIELDS = List.of(
            "plan_id",
            "symbol",
            "action",
            "kill_score",
            "k_regime_flip",
            "k_sigma_spike",
            "k_ts_drop",
            "k_age_penalty",
            "new_sl_proposed",
            "R_net",
            "decision",
            "reason_codes",
            "steps",
            "close_qty",
            "price",
            "timestamp");

    /** The fields of apply.result, contract section 3.6. */
    static final List<String> RESULT_FIELDS = List.of(
            "plan_id", "symbol", "decision", "executed", "would_execute", "steps_results", "error", "timestamp");

    List<String> planValues() {
        HarvestProposal.Kills kills = proposal.kills();
        return List.of(
                proposal.planId(),
                proposal.symbol(),
                proposal.action(),
                DecimalText.write(proposal.killScore()),
                DecimalText.write(kills.regimeFlip()),
                DecimalText.write(kills.sigmaSpike()),
                DecimalText.write(kills.tsDrop()),
                DecimalText.write(kills.agePenalty()),
                proposal.newSl().stream()
                        .mapToObj(DecimalText::write)
                        .findFirst()
                        .orElse(""),
                proposal.rNet().stream()
                        .mapToObj(DecimalText::write)
                        .findFirst()
                        .orElse("None"),
                verdict.decision().name(),
                String.join(",", verdict.reasons()),
                JsonText.array(verdict.steps().stream().map(PlanStep::fields).toList()),
                "0.0",
                "",
                Long.toString(timestampS));
    }

    List<String> resultValues() {
        boolean wouldExecute = verdict.decision() == PlanDecision.EXECUTE;
        return List.of(
                proposal.planId(),
                proposal.symbol(),
                verdict.decision().name(),
                "False",
                wouldExecute ? "True" : "False",
                JsonText.array(verdict.steps().stream().map(PlanStep::dryRun).toList()),
                "",
                Long.toString(timestampS));
    }
}
