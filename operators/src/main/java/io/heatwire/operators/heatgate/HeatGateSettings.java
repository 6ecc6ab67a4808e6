package io.heatwire.operators.heatgate;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.SettingProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The settings of a heat gate as it uses them.
 *
 * @param timeAlias a second field for the time of the state; empty for none
 * @param absentIsZero whether an absent input counts as 0 instead of making the heat unknown
 * @param failClosed whether a full close is held back while the heat is unknown
 * @param mode a label, lower case
 */
record HeatGateSettings(
        long staleSec,
        Map<HeatInput, Double> targets,
        Map<HeatInput, Double> weights,
        double warmFrom,
        double hotFrom,
        double warmPartial,
        double hotPartial,
        boolean holdClose,
        double holdKillMax,
        String timeAlias,
        boolean absentIsZero,
        boolean failClosed,
        String mode) {

    static HeatGateSettings of(OperatorConfig config) {
        return new HeatGateSettings(
                config.integer("stale_sec"),
                each(input -> config.decimal(input.targetSetting)),
                each(input -> config.decimal(input.weightSetting)),
                config.decimal("t_warm"),
                config.decimal("t_hot"),
                config.decimal("warm_partial"),
                config.decimal("hot_partial"),
                config.flag("enable_hold_close"),
                config.decimal("hold_kill_max"),
                config.text("ts_alias").strip(),
                config.text("absent_input").equals("zero"),
                config.text("on_missing_inputs").equals("closed"),
                config.text("mode").strip().toLowerCase(Locale.ROOT));
    }

    /** What is wrong with settings that are fine one by one. */
    static List<SettingProblem> check(OperatorConfig config) {
        HeatGateSettings settings = of(config);
        List<SettingProblem> problems = new ArrayList<>();
        if (settings.warmFrom > settings.hotFrom) {
            problems.add(new SettingProblem(
                    "t_warm",
                    "t_warm " + settings.warmFrom + " is above t_hot " + settings.hotFrom + ", so nothing is ever warm",
                    "a t_warm of at most t_hot"));
        }
        if (Arrays.stream(HeatInput.values()).noneMatch(settings::hasSay)) {
            problems.add(new SettingProblem(
                    "w_exp",
                    "no input has both a weight and a target above 0, so the heat would always be 0.0 and cold",
                    "a weight and a target above 0 for at least one input"));
        }
        return problems;
    }

    /** Whether the input can change the score at all; one that cannot may be absent. */
    boolean hasSay(HeatInput input) {
        return weight(input) > 0 && target(input) > 0;
    }

    double weight(HeatInput input) {
        return weights.getOrDefault(input, 0.0);
    }

    double target(HeatInput input) {
        return targets.getOrDefault(input, 0.0);
    }

    private static Map<HeatInput, Double> each(Function<HeatInput, Double> value) {
        return Arrays.stream(HeatInput.values()).collect(toUnmodifiableMap(input -> input, value));
    }
}
