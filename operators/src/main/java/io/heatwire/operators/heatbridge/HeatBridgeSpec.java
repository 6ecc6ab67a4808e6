package io.heatwire.operators.heatbridge;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.OperatorSpec.HealthField;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.Timing;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The declaration of the heat bridge. */
public final class HeatBridgeSpec {

    static final List<String> FIELDS = List.of(
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
            "mode",
            "inputs_age_sec",
            "debug_json");

    static final Output.ToHash BY_PLAN =
            new Output.ToHash("by_plan", List.of("plan_id"), FIELDS, false, null, "The heat decision of each plan.");

    static final Output.ToHash LATEST = new Output.ToHash(
            "latest",
            List.of("symbol"),
            Stream.concat(FIELDS.stream(), Stream.of("last_plan_id")).toList(),
            false,
            "ts_epoch",
            "The newest heat decision of each symbol; an older one never replaces it.");

    static final Output.ToValue LATEST_PLAN_ID = new Output.ToValue(
            "latest_plan_id",
            List.of("symbol"),
            "latest",
            "The plan that the newest decision of each symbol is about.");

    /** The heat bridge. */
    public static final OperatorSpec SPEC = new OperatorSpec(
            "heat_bridge",
            "Turns heat decisions into keys that others look up by plan and by symbol.",
            OperatorSpec.Kind.STREAM,
            FIELDS.stream().map(HeatBridgeSpec::input).toList(),
            List.of(
                    ttl("ttl_plan_sec", 1800, "P27_TTL_PLAN_SEC", "How long the key of a plan stands, in s.")
                            .timing(Timing.life("by_plan", TimeUnit.SECONDS)),
                    ttl("ttl_symbol_sec", 1800, "P27_TTL_SYMBOL_SEC", "How long the keys of a symbol stand, in s.")
                            .timing(
                                    Timing.life("latest", TimeUnit.SECONDS),
                                    Timing.life("latest_plan_id", TimeUnit.SECONDS)),
                    ttl(
                                    "dedupe_ttl_sec",
                                    120,
                                    "P27_DEDUPE_TTL_SEC",
                                    "How long a further decision for the same plan is skipped, in s.")
                            .timing(Timing.guard(HeatBridge.DEDUPE, TimeUnit.SECONDS, "by_plan"))),
            List.of(BY_PLAN, LATEST, LATEST_PLAN_ID),
            List.of(new LookUpSpec(
                    HeatBridge.DEDUPE,
                    LookUpSpec.Type.MARKER,
                    List.of("plan_id"),
                    List.of(),
                    "quantum:dedupe:p27:{plan_id}",
                    "Stands while further decisions for the plan are skipped.")),
            HeatBridgeMeters.ALL,
            new Duties(
                    HeatBridgeMeters.LOOPS,
                    HeatBridgeMeters.ERRORS,
                    List.of(
                            new HealthField(
                                    "last_ts_epoch", HealthField.Fact.GAUGE, HeatBridgeMeters.LAST_TS_EPOCH.name()),
                            new HealthField("last_loop_ms", HealthField.Fact.LAST_LOOP_MS, ""),
                            new HealthField("backlog", HealthField.Fact.BACKLOG, ""))),
            config -> List.of(),
            HeatBridge::new);

    private HeatBridgeSpec() {}

    private static FieldSpec input(String name) {
        return switch (name) {
            case "plan_id" -> FieldSpec.required(name, "The plan the decision is about.");
            case "symbol" -> FieldSpec.required(name, "The symbol of the plan.");
            case "ts_epoch" -> FieldSpec.optional(name, "Unix time of the decision in s; orders the keys of a symbol.");
            case "debug_json" -> FieldSpec.optional(name, "Copied verbatim; {} when absent.");
            default -> FieldSpec.optional(name, "Copied verbatim; empty when absent.");
        };
    }

    private static Setting ttl(String name, long fallback, String env, String help) {
        return Setting.integer(name, fallback, env, 1, 31_536_000, help);
    }
}
