package io.heatwire.operators.heatgate;

import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.number.DecimalText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads the heat from the portfolio state: contract section 5.2, steps 2 to 5. */
final class HeatThermometer {

    static final String TS = "ts_epoch";

    /** Beyond this a number is no Unix time, and differences of two could overflow. */
    private static final long LAST_SECOND = Long.MAX_VALUE / 2;

    private final HeatGateSettings settings;

    HeatThermometer(HeatGateSettings settings) {
        this.settings = settings;
    }

    /**
     * Reads.
     *
     * @param state the answer to the look-up of the portfolio state
     * @param nowSec Unix time in s
     */
    HeatReading read(Answer state, long nowSec) {
        if (state instanceof Answer.Fields found) {
            return read(found.fields(), nowSec);
        }
        String unreadable = state instanceof Answer.Failed failed ? failed.failure() + " " + failed.detail() : "";
        return new HeatReading.Unknown(
                HeatFailure.MISSING_INPUTS, OptionalLong.empty(), List.of(), List.of(), unreadable);
    }

    private HeatReading read(Map<String, String> state, long nowSec) {
        String ts = time(state);
        if (ts == null) {
            return HeatReading.Unknown.because(HeatFailure.MISSING_TS);
        }
        OptionalLong time = DecimalText.parseInteger(ts);
        if (time.isEmpty() || time.getAsLong() > LAST_SECOND || time.getAsLong() < -LAST_SECOND) {
            return HeatReading.Unknown.because(HeatFailure.INVALID_TS);
        }
        long age = nowSec - time.getAsLong();
        if (age > settings.staleSec() || age < 0) {
            return new HeatReading.Unknown(HeatFailure.STALE_INPUTS, OptionalLong.of(age), List.of(), List.of(), "");
        }
        return measure(state, age);
    }

    private @Nullable String time(Map<String, String> state) {
        String ts = state.get(TS);
        boolean usable = ts != null && !ts.isEmpty();
        return usable || settings.timeAlias().isEmpty() ? ts : state.get(settings.timeAlias());
    }

    private HeatReading measure(Map<String, String> state, long age) {
        Map<HeatInput, Double> components = new EnumMap<>(HeatInput.class);
        List<HeatInput> missing = new ArrayList<>();
        List<HeatInput> invalid = new ArrayList<>();
        for (HeatInput input : HeatInput.values()) {
            String text = state.get(input.field);
            OptionalDouble value = DecimalText.parseFinite(text);
            if (value.isEmpty() && text != null) {
                invalid.add(input);
            } else if (text == null && settings.hasSay(input) && !settings.absentIsZero()) {
                missing.add(input);
            }
            components.put(input, component(input, value.orElse(0)));
        }
        if (missing.isEmpty() && invalid.isEmpty()) {
            double score = DecimalText.round4(score(components));
            return new HeatReading.Known(score, level(score), age, components);
        }
        HeatFailure failure = missing.isEmpty() ? HeatFailure.INVALID_INPUTS : HeatFailure.MISSING_INPUTS;
        return new HeatReading.Unknown(failure, OptionalLong.empty(), missing, invalid, "");
    }

    private double component(HeatInput input, double value) {
        double target = settings.target(input);
        return target > 0 ? clamp01(value / target) : 0;
    }

    private double score(Map<HeatInput, Double> components) {
        double sum = 0;
        double weights = 0;
        for (HeatInput input : HeatInput.values()) {
            sum += settings.weight(input) * components.getOrDefault(input, 0.0);
            weights += settings.weight(input);
        }
        return clamp01(sum / weights);
    }

    /** Decided on the score as published, so that nobody reads 0.45 and cold where warm starts at 0.45. */
    private HeatLevel level(double score) {
        if (score < settings.warmFrom()) {
            return HeatLevel.COLD;
        }
        return score < settings.hotFrom() ? HeatLevel.WARM : HeatLevel.HOT;
    }

    private static double clamp01(double value) {
        return value > 0 ? Math.min(value, 1) : 0;
    }
}
