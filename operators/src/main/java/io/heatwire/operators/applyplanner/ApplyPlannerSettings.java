package io.heatwire.operators.applyplanner;

import io.heatwire.contract.OperatorConfig;
import java.util.Set;

/**
 * The settings of one planner.
 *
 * @param allowlist symbols whose plans may execute
 * @param killSwitch whether the setting blocks every plan
 * @param dedupeTtlMs how long a decided plan stays decided, in ms
 * @param publishedTtlMs how long a published plan is not published again, in ms
 * @param observe whether early observed events are written
 * @param observedTtlMs how long an observed plan is not observed again, in ms
 */
record ApplyPlannerSettings(
        Set<String> allowlist,
        boolean killSwitch,
        double blockCritical,
        double blockWarning,
        WarningBand warningBand,
        long dedupeTtlMs,
        long publishedTtlMs,
        boolean observe,
        long observedTtlMs,
        int maxDebugChars) {

    static ApplyPlannerSettings of(OperatorConfig config) {
        return new ApplyPlannerSettings(
                Set.copyOf(config.list("allowlist")),
                config.flag("kill_switch"),
                config.decimal("k_block_critical"),
                config.decimal("k_block_warning"),
                warningBand(config),
                config.integer("dedupe_ttl_sec") * 1000,
                config.integer("published_ttl_sec") * 1000,
                config.flag("observe"),
                config.integer("observed_dedupe_ttl_sec") * 1000,
                (int) config.integer("max_debug_chars"));
    }

    private static WarningBand warningBand(OperatorConfig config) {
        return config.text("warning_band").equals("closes_only")
                ? new WarningBand.ClosesOnly()
                : new WarningBand.Thresholds(
                        config.decimal("k_close_threshold"),
                        config.decimal("k_open_threshold"),
                        config.decimal("k_open_critical"));
    }
}
