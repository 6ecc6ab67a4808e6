package io.heatwire.operators.applyplanner;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.SettingProblem;
import io.heatwire.operators.heatobserver.ObservedEvent;
import java.util.ArrayList;
import java.util.List;

/** The declaration of {@code apply_planner}. */
public final class ApplyPlannerSpec {

    static final Output.ToStream PLAN =
            new Output.ToStream("plan", ApplyPlan.PLAN_FIELDS, false, "Each plan, once within published_ttl_sec");
    static final Output.ToStream RESULT =
            new Output.ToStream("result", ApplyPlan.RESULT_FIELDS, false, "The result of the dry run, every cycle");
    static final Output.ToStream OBSERVED = new Output.ToStream(
            "observed", ObservedEvent.FIELDS, false, "What was known of the plan's heat this early");

    private static final Label SYMBOL = Label.ofSetting("symbol", "symbols");

    static final MeterSpec PLAN_TOTAL = MeterSpec.counter(
            "quantum_apply_plan_total",
            "Plans published, by decision",
            SYMBOL,
            Label.of("decision", PlanDecision.words()));
    static final MeterSpec DEDUPE_HITS_TOTAL =
            MeterSpec.counter("quantum_apply_dedupe_hits_total", "Cycles that met a plan decided before");
    static final MeterSpec EXECUTE_TOTAL = MeterSpec.counter(
            "quantum_apply_execute_total",
            "Steps executed: stays at 0, this engine never places an order",
            SYMBOL,
            Label.of("step", "CLOSE_FULL", "CLOSE_PARTIAL_75", "CLOSE_PARTIAL_50", "CLOSE_PARTIAL_25", "UPDATE_SL"),
            Label.of("status", "success", "failed"));
    static final MeterSpec LAST_SUCCESS_EPOCH = MeterSpec.gauge(
            "quantum_apply_last_success_epoch",
            "Unix time in s of the last execution: stays at 0, this engine never places an order",
            SYMBOL);
    static final MeterSpec SKIPPED_TOTAL = MeterSpec.counter(
            "apply_planner_skipped_total",
            "Cycles in which no plan could be made for a symbol, by reason",
            SYMBOL,
            Label.of("reason", SkippedProposal.words()));
    static final MeterSpec CALIBRATION_TOTAL = MeterSpec.counter(
            "apply_planner_calibration_total",
            "Cycles that found a calibrated hash, by whether it was used",
            SYMBOL,
            Label.of("result", Calibration.Use.words()));

    /** The declaration. */
    public static final OperatorSpec SPEC = new OperatorSpec(
            "apply_planner",
            "Turns the harvest proposal of each symbol into an apply plan and the result of a dry run; never places an order.",
            OperatorSpec.Kind.POLLED,
            List.of(FieldSpec.required("symbol", "The symbol whose proposal is looked up")),
            ApplyPlannerOptions.SETTINGS,
            List.of(PLAN, RESULT, OBSERVED),
            lookUps(),
            List.of(
                    PLAN_TOTAL,
                    DEDUPE_HITS_TOTAL,
                    EXECUTE_TOTAL,
                    LAST_SUCCESS_EPOCH,
                    SKIPPED_TOTAL,
                    CALIBRATION_TOTAL,
                    ObservedEvent.OBSERVED_TOTAL,
                    ObservedEvent.HEAT_REASON_TOTAL,
                    ObservedEvent.SUBSTANCE_TOTAL),
            OperatorSpec.Duties.NONE,
            ApplyPlannerSpec::check,
            ApplyPlanner::new);

    private ApplyPlannerSpec() {}

    private static List<LookUpSpec> lookUps() {
        List<String> symbol = List.of("symbol");
        List<String> planId = List.of("plan_id");
        return List.of(
                hash("proposal", symbol, ProposalReading.FIELDS, "quantum:harvest:proposal:{symbol}", "The proposal"),
                hash(
                        "calibrated",
                        symbol,
                        Calibration.FIELDS,
                        "quantum:harvest:calibrated:{symbol}",
                        "What the portfolio heat gate made of the proposal"),
                hash(
                        "by_plan",
                        planId,
                        List.of(
                                "ts_epoch",
                                "in_action",
                                "out_action",
                                "heat_level",
                                "heat_score",
                                "heat_action",
                                "recommended_partial",
                                "reason",
                                "mode"),
                        "quantum:harvest:heat:by_plan:{plan_id}",
                        "The heat decision, for the observed event"),
                value("kill", "quantum:kill", "Blocks every plan while it holds 1, true, yes or on"),
                value("kill_switch", "quantum:global:kill_switch", "Blocks every plan likewise"),
                marker("dedupe", planId, "quantum:apply:dedupe:{plan_id}", "Set with a plan's one decision to act"),
                marker("published", planId, "quantum:apply:stream_published:{plan_id}", "Set with the entry of a plan"),
                marker(
                        "observed_dedupe",
                        List.of("obs_point", "plan_id"),
                        "quantum:dedupe:p28:{obs_point}:{plan_id}",
                        "Set with the observed event"));
    }

    private static LookUpSpec hash(
            String port, List<String> variables, List<String> fields, String template, String help) {
        return new LookUpSpec(port, LookUpSpec.Type.HASH, variables, fields, template, help);
    }

    private static LookUpSpec value(String port, String template, String help) {
        return new LookUpSpec(port, LookUpSpec.Type.VALUE, List.of(), List.of(), template, help);
    }

    private static LookUpSpec marker(String port, List<String> variables, String template, String help) {
        return new LookUpSpec(port, LookUpSpec.Type.MARKER, variables, List.of(), template, help);
    }

    private static List<SettingProblem> check(OperatorConfig config) {
        List<SettingProblem> problems = new ArrayList<>();
        if (config.list("symbols").isEmpty()) {
            problems.add(new SettingProblem(
                    "symbols",
                    "there is no symbol in it, so no proposal would ever be planned",
                    "the symbols to plan for, separated by commas: BTCUSDT,ETHUSDT"));
        }
        String mode = config.text("mode").strip();
        if (!mode.equalsIgnoreCase("dry_run")) {
            problems.add(new SettingProblem("mode", refused(mode), "dry_run"));
        }
        return problems;
    }

    private static String refused(String mode) {
        return mode.equalsIgnoreCase("testnet")
                ? "testnet places orders, and this engine never does; leave execution to the service that holds the keys,"
                        + " which can follow the plans of this one on apply.plan"
                : "'" + mode + "' is no mode of this engine, which never places orders";
    }
}
