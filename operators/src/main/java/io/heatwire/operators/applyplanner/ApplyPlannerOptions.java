package io.heatwire.operators.applyplanner;

import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.Timing;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The settings an operator of the planner may choose; names and defaults of contract section 6. */
final class ApplyPlannerOptions {

    private static final long YEAR_SEC = 31_536_000;
    private static final double SCORE_LIMIT = 1_000_000;

    static final List<Setting> SETTINGS = List.of(
            Setting.text("mode", "dry_run", "APPLY_MODE", "Only dry_run: this engine never places orders"),
            Setting.list("symbols", "BTCUSDT,ETHUSDT,SOLUSDT", "SYMBOLS", "Symbols whose proposals are planned"),
            Setting.list(
                    "allowlist", "BTCUSDT", "APPLY_ALLOWLIST", "Symbols whose plans may execute; others are skipped"),
            Setting.flag("kill_switch", false, "APPLY_KILL_SWITCH", "Blocks every plan while it is on"),
            score("k_block_critical", 0.80, "K_BLOCK_CRITICAL", "Kill score from which every plan is blocked"),
            score("k_block_warning", 0.60, "K_BLOCK_WARNING", "Kill score from which warning_band decides"),
            Setting.choice(
                    "warning_band",
                    "closes_only",
                    "",
                    "Between warning and critical: closes_only lets closes go ahead and blocks the rest; thresholds goes by"
                            + " k_close_threshold, k_open_threshold and k_open_critical",
                    "closes_only",
                    "thresholds"),
            score(
                    "k_close_threshold",
                    0.65,
                    "K_CLOSE_THRESHOLD",
                    "With thresholds: kill score from which closes are blocked"),
            score(
                    "k_open_threshold",
                    0.85,
                    "K_OPEN_THRESHOLD",
                    "With thresholds: kill score from which other actions carry the reason kill_score_open_scaled"),
            score(
                    "k_open_critical",
                    0.95,
                    "K_OPEN_CRITICAL",
                    "With thresholds: kill score from which other actions are blocked"),
            seconds(
                            "dedupe_ttl_sec",
                            21_600,
                            "APPLY_DEDUPE_TTL_SEC",
                            "How long a plan that acted does not act again, in s")
                    .timing(Timing.guard("dedupe", TimeUnit.SECONDS)),
            seconds("published_ttl_sec", 300, "", "How long a published plan is not published again, in s")
                    .timing(Timing.guard("published", TimeUnit.SECONDS, "plan")),
            Setting.flag("observe", true, "P28_HEAT_OBS_ENABLED", "Whether early observed events are written"),
            seconds(
                            "observed_dedupe_ttl_sec",
                            600,
                            "P28_DEDUPE_TTL_SEC",
                            "How long an observed plan is not observed again, in s")
                    .timing(Timing.guard("observed_dedupe", TimeUnit.SECONDS, "observed")),
            Setting.integer(
                    "max_debug_chars",
                    400,
                    "P28_MAX_DEBUG_CHARS",
                    2,
                    100_000,
                    "The longest debug_json of an observed event, in characters"));

    private ApplyPlannerOptions() {}

    private static Setting score(String name, double fallback, String env, String help) {
        return Setting.decimal(name, fallback, env, -SCORE_LIMIT, SCORE_LIMIT, help);
    }

    private static Setting seconds(String name, long fallback, String env, String help) {
        return Setting.integer(name, fallback, env, 1, YEAR_SEC, help);
    }
}
