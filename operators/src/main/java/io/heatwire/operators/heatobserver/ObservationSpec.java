package io.heatwire.operators.heatobserver;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.SettingProblem;
import io.heatwire.contract.declare.Timing;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The parts of a declaration that all observers share. */
public final class ObservationSpec {

    /** The decision of a plan, as the bridge files it. */
    public static final LookUpSpec BY_PLAN = new LookUpSpec(
            "by_plan",
            LookUpSpec.Type.HASH,
            List.of("plan_id"),
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
            "The heat decision of a plan");

    /** The marker of the once-guard. */
    public static final LookUpSpec DEDUPE = new LookUpSpec(
            "dedupe",
            LookUpSpec.Type.MARKER,
            List.of("obs_point", "plan_id"),
            List.of(),
            "quantum:dedupe:p28:{obs_point}:{plan_id}",
            "Says that a plan was observed at this point");

    /** The fields an observer reads. */
    public static final List<FieldSpec> INPUT = List.of(
            FieldSpec.required("plan_id", "The plan to look up"),
            FieldSpec.required("symbol", "The plan's symbol"),
            FieldSpec.optional("decision", "What was decided about the plan, copied to apply_decision"));

    /** How long a plan is not observed again at the same point. */
    public static final Setting DEDUPE_TTL_SEC = Setting.integer(
                    "dedupe_ttl_sec",
                    600,
                    "P28_DEDUPE_TTL_SEC",
                    1,
                    2_592_000,
                    "How long a plan is not observed again at the same point, in seconds")
            .timing(Timing.guard("dedupe", TimeUnit.SECONDS, "observed"));

    /** The longest debug_json. */
    public static final Setting MAX_DEBUG_CHARS = Setting.integer(
            "max_debug_chars",
            400,
            "P28_MAX_DEBUG_CHARS",
            ObservedEvent.SHORTEST_DEBUG,
            100_000,
            "The longest debug_json, in characters; always valid JSON");

    private ObservationSpec() {}

    /** Finds a point of observation without a name: it would leave a hole in the marker's key. */
    public static List<SettingProblem> check(OperatorConfig config) {
        return config.text("obs_point").isBlank()
                ? List.of(new SettingProblem("obs_point", "obs_point is empty", "the name of the point of observation"))
                : List.of();
    }

    /** The point of observation. */
    public static Setting obsPoint(String point) {
        return Setting.text("obs_point", point, "", "The point of observation, as written to the event");
    }
}
