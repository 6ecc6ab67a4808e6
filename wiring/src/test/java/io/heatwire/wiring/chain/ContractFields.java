package io.heatwire.wiring.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** The fields of each kind of entry, in the order of the contract. */
final class ContractFields {

    private ContractFields() {}

    static void hasTheFieldsOfAPlan(Map<String, String> plan) {
        assertThat(plan.keySet())
                .containsExactly(
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
    }

    static void hasTheFieldsOfAResult(Map<String, String> result) {
        assertThat(result.keySet())
                .containsExactly(
                        "plan_id",
                        "symbol",
                        "decision",
                        "executed",
                        "would_execute",
                        "steps_results",
                        "error",
                        "timestamp");
    }

    static void hasTheFieldsOfADecision(Map<String, String> decision) {
        assertThat(decision.keySet())
                .containsExactly(
                        "ts_epoch",
                        "symbol",
                        "plan_id",
                        "in_action",
                        "out_action",
                        "heat_level",
                        "heat_score",
                        "heat_action",
                        "recommended_partial",
                        "reason",
                        "inputs_age_sec",
                        "mode",
                        "debug_json");
    }

    static void hasTheFieldsOfAnObservation(Map<String, String> event) {
        assertThat(event.keySet())
                .containsExactly(
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
    }
}
