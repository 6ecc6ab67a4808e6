package io.heatwire.operators.portfolioheatgate;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.SettingProblem;
import io.heatwire.contract.declare.Timing;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The one declaration of the portfolio heat gate. */
public final class PortfolioHeatGateSpec {

    static final String SHADOW = "shadow";
    static final String ENFORCE = "enforce";

    private static final double LARGEST_HEAT = 1e12;
    private static final long MONTH_SEC = 2_592_000;

    /** What the wiring, the engine and the reference know of it. */
    public static final OperatorSpec SPEC = new OperatorSpec(
            "portfolio_heat_gate",
            "Moderates full closes by the heat of the whole portfolio",
            OperatorSpec.Kind.STREAM,
            List.of(
                    FieldSpec.required("symbol", "The symbol to close"),
                    FieldSpec.required("action", "The proposed action").orAs("harvest_action"),
                    FieldSpec.optional("plan_id", "The plan's id; computed from kill_score and the rest when absent"),
                    FieldSpec.optional("trace_id", "An id to follow the proposal by; made from the entry when absent"),
                    FieldSpec.optional("kill_score", "Part of a computed plan id"),
                    FieldSpec.optional("new_sl_proposed", "Part of a computed plan id"),
                    FieldSpec.optional("computed_at_utc", "Names the proposal that the calibrated hash is for")),
            List.of(
                    Setting.choice(
                            "mode",
                            SHADOW,
                            "P26_MODE",
                            "shadow compares only; enforce also writes the hash the planner prefers",
                            SHADOW,
                            ENFORCE),
                    Setting.decimal("heat_min", 0.25, "HEAT_MIN", 0, LARGEST_HEAT, "Below this heat it is COLD"),
                    Setting.decimal("heat_max", 0.65, "HEAT_MAX", 0, LARGEST_HEAT, "From this heat on it is HOT"),
                    Setting.integer(
                                    "snapshot_max_age_sec",
                                    600,
                                    "P26_SNAPSHOT_MAX_AGE_SEC",
                                    1,
                                    MONTH_SEC,
                                    "Snapshots older than this do not count, in seconds")
                            .timing(Timing.largestAge("snapshots", TimeUnit.SECONDS)),
                    Setting.integer(
                            "snapshot_scan_depth",
                            500,
                            "P26_SNAPSHOT_SCAN_DEPTH",
                            1,
                            100_000,
                            "How many of the newest snapshots are read; must reach every symbol"),
                    Setting.integer(
                                    "calibrated_ttl_sec",
                                    300,
                                    "P26_CALIBRATED_TTL_SEC",
                                    1,
                                    MONTH_SEC,
                                    "How long a calibrated hash lives, in seconds")
                            .timing(Timing.life("calibrated_hash", TimeUnit.SECONDS))),
            List.of(PortfolioHeatOutputs.CALIBRATED, PortfolioHeatOutputs.CALIBRATED_HASH),
            List.of(
                    new LookUpSpec(
                            "state",
                            LookUpSpec.Type.HASH,
                            List.of(),
                            List.of("equity_usd"),
                            "quantum:state:portfolio",
                            "The state of the portfolio: its equity"),
                    new LookUpSpec(
                            "snapshots",
                            LookUpSpec.Type.STREAM,
                            List.of(),
                            List.of("symbol", "position_notional_usd", "sigma"),
                            "quantum:stream:position.snapshot",
                            "Position snapshots; volatility stands in where sigma is absent")),
            PortfolioHeatMeters.ALL,
            OperatorSpec.Duties.NONE,
            PortfolioHeatGateSpec::check,
            PortfolioHeatGate::new);

    private PortfolioHeatGateSpec() {}

    private static List<SettingProblem> check(OperatorConfig config) {
        double heatMin = config.decimal("heat_min");
        double heatMax = config.decimal("heat_max");
        return heatMin <= heatMax
                ? List.of()
                : List.of(new SettingProblem(
                        "heat_min",
                        "heat_min " + heatMin + " is above heat_max " + heatMax,
                        "a heat_min of at most heat_max"));
    }
}
