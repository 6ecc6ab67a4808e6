package io.heatwire.operators.heatgate;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.OperatorSpec.HealthField;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The declaration of the heat gate. */
public final class HeatGateSpec {

    static final Output.ToStream DECISION = new Output.ToStream(
            "decision",
            List.of(
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
                    "debug_json"),
            false,
            "One heat decision for each plan.");

    static final Output.ToHash SHADOW = new Output.ToHash(
            "shadow",
            List.of("symbol"),
            List.of(
                    "ts_epoch",
                    "last_plan_id",
                    "heat_level",
                    "heat_score",
                    "heat_action",
                    "out_action",
                    "recommended_partial",
                    "reason",
                    "debug_json"),
            false,
            "ts_epoch",
            "The newest heat decision of each symbol, for 600 s.");

    /** The heat gate. */
    public static final OperatorSpec SPEC = new OperatorSpec(
            "heat_gate",
            "Says of each plan how hot the portfolio is and what a full close should shrink to.",
            OperatorSpec.Kind.STREAM,
            List.of(
                    FieldSpec.required("symbol", "The symbol of the plan."),
                    FieldSpec.required("action", "The proposed action, passed on verbatim.")
                            .orAs("harvest_action"),
                    FieldSpec.optional("plan_id", "The id of the plan; computed from the proposal when absent."),
                    FieldSpec.optional("kill_score", "Decides whether a hot full close is held."),
                    FieldSpec.optional("new_sl_proposed", "Only for computing an absent plan_id."),
                    FieldSpec.optional("computed_at_utc", "Only for computing an absent plan_id.")),
            settings(),
            List.of(DECISION, SHADOW),
            List.of(new LookUpSpec(
                    "state",
                    LookUpSpec.Type.HASH,
                    List.of(),
                    stateFields(),
                    "quantum:portfolio:state",
                    "The portfolio state that the heat is computed from.")),
            HeatGateMeters.ALL,
            new Duties(
                    HeatGateMeters.LOOPS,
                    null,
                    List.of(
                            new HealthField("ts_epoch", HealthField.Fact.LAST_LOOP_EPOCH_S, ""),
                            new HealthField("last_loop_ms", HealthField.Fact.LAST_LOOP_MS, ""))),
            HeatGateSettings::check,
            HeatGate::new);

    private HeatGateSpec() {}

    private static List<String> stateFields() {
        List<String> fields = new ArrayList<>(List.of(HeatThermometer.TS));
        fields.addAll(List.of(HeatInput.fields()));
        return List.copyOf(fields);
    }

    private static List<Setting> settings() {
        double most = 1e15;
        return List.of(
                Setting.integer(
                                "stale_sec",
                                600,
                                "STALE_SEC",
                                0,
                                31_536_000,
                                "Age in s up to which the portfolio state counts as fresh.")
                        .timing(Timing.largestAge("state", TimeUnit.SECONDS)),
                target("gross_target_usd", 5000, "GROSS_TARGET_USD", "Gross exposure in USD", most),
                target("dd_target_usd", 250, "DD_TARGET_USD", "Drawdown in USD", most),
                target("burst_target_usd", 250, "BURST_TARGET_USD", "Loss burst in USD", most),
                target("fee_target_usd", 50, "FEE_TARGET_USD", "Fee burden in USD", most),
                target("churn_target", 1.0, "CHURN_TARGET", "Churn", most),
                weight("w_exp", 1, "W_EXP", "exposure"),
                weight("w_dd", 1, "W_DD", "drawdown"),
                weight("w_burst", 1, "W_BURST", "loss burst"),
                weight("w_fee", 0.5, "W_FEE", "fee burden"),
                weight("w_churn", 0.5, "W_CHURN", "churn"),
                Setting.decimal("t_warm", 0.45, "T_WARM", 0, 1000, "Score from which heat is warm; at most t_hot."),
                Setting.decimal("t_hot", 0.70, "T_HOT", 0, 1000, "Score from which heat is hot; above 1 is never."),
                partial("warm_partial", 0.50, "WARM_PARTIAL", "warm"),
                partial("hot_partial", 0.25, "HOT_PARTIAL", "hot"),
                Setting.flag(
                        "enable_hold_close",
                        false,
                        "ENABLE_HOLD_CLOSE",
                        "Whether a hot full close with a low kill score is held instead of shrunk."),
                Setting.decimal(
                        "hold_kill_max", 0.30, "HOLD_KILL_MAX", 0, 1000, "Kill score below which a close is held."),
                Setting.choice(
                        "on_missing_inputs",
                        "open",
                        "HEAT_FAIL_MODE",
                        "What happens to a full close while the heat is unknown: open lets it pass, closed makes it"
                                + " NOOP. Other actions always pass.",
                        "open",
                        "closed"),
                Setting.choice(
                        "absent_input",
                        "missing",
                        "",
                        "What an absent input of the portfolio state means: missing makes the heat unknown, zero counts"
                                + " it as 0.",
                        "missing",
                        "zero"),
                Setting.text(
                        "ts_alias",
                        "",
                        "",
                        "A second field to take the time of the state from when ts_epoch is absent or empty, for"
                                + " example timestamp."),
                Setting.text(
                        "mode", "shadow", "HEAT_MODE", "A label written with each decision; it changes nothing else."));
    }

    private static Setting target(String name, double fallback, String env, String what, double most) {
        return Setting.decimal(name, fallback, env, 0, most, what + " that counts as full heat; 0 leaves it out.");
    }

    private static Setting weight(String name, double fallback, String env, String what) {
        return Setting.decimal(name, fallback, env, 0, 1e6, "Weight of " + what + " in the score.");
    }

    private static Setting partial(String name, double fallback, String env, String level) {
        return Setting.decimal(
                name,
                fallback,
                env,
                0.01,
                0.99,
                "Part of the position that a full close shrinks to when " + level + ".");
    }
}
