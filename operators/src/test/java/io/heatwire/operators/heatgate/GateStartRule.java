package io.heatwire.operators.heatgate;

import io.heatwire.operators.number.DecimalText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** When we refuse to start: where the reference does, and where a number is not finite, out of bounds or out of order. */
final class GateStartRule {

    private static final Map<String, double[]> BOUNDS = Map.ofEntries(
            Map.entry("STALE_SEC", new double[] {0, 31_536_000}),
            Map.entry("GROSS_TARGET_USD", new double[] {0, 1e15}),
            Map.entry("DD_TARGET_USD", new double[] {0, 1e15}),
            Map.entry("BURST_TARGET_USD", new double[] {0, 1e15}),
            Map.entry("FEE_TARGET_USD", new double[] {0, 1e15}),
            Map.entry("CHURN_TARGET", new double[] {0, 1e15}),
            Map.entry("W_EXP", new double[] {0, 1e6}),
            Map.entry("W_DD", new double[] {0, 1e6}),
            Map.entry("W_BURST", new double[] {0, 1e6}),
            Map.entry("W_FEE", new double[] {0, 1e6}),
            Map.entry("W_CHURN", new double[] {0, 1e6}),
            Map.entry("T_WARM", new double[] {0, 1000}),
            Map.entry("T_HOT", new double[] {0, 1000}),
            Map.entry("WARM_PARTIAL", new double[] {0.01, 0.99}),
            Map.entry("HOT_PARTIAL", new double[] {0.01, 0.99}),
            Map.entry("HOLD_KILL_MAX", new double[] {0, 1000}));

    private static final Set<String> FLAG_WORDS = Set.of("true", "1", "yes", "on", "false", "0", "no", "off", "");

    private final GateCase given;

    GateStartRule(GateCase given) {
        this.given = given;
    }

    boolean refused() {
        return given.failedToStart()
                || BOUNDS.keySet().stream().anyMatch(this::isOutOfBounds)
                || number("T_WARM", 0.45) > number("T_HOT", 0.70)
                || !hasSay("GROSS_TARGET_USD", 5000, "W_EXP", 1)
                        && !hasSay("DD_TARGET_USD", 250, "W_DD", 1)
                        && !hasSay("BURST_TARGET_USD", 250, "W_BURST", 1)
                        && !hasSay("FEE_TARGET_USD", 50, "W_FEE", 0.5)
                        && !hasSay("CHURN_TARGET", 1, "W_CHURN", 0.5)
                || !FLAG_WORDS.contains(word("ENABLE_HOLD_CLOSE", "false"))
                || given.head && !List.of("open", "closed").contains(word("HEAT_FAIL_MODE", "closed"));
    }

    boolean hasSay(String target, double targetDefault, String weight, double weightDefault) {
        return number(target, targetDefault) > 0 && number(weight, weightDefault) > 0;
    }

    double number(String name, double otherwise) {
        return DecimalText.parse(given.env.get(name)).orElse(otherwise);
    }

    String word(String name, String otherwise) {
        return given.env.getOrDefault(name, otherwise).strip().toLowerCase(Locale.ROOT);
    }

    private boolean isOutOfBounds(String name) {
        String text = given.env.get(name);
        OptionalDouble number = DecimalText.parse(text);
        double[] bounds = BOUNDS.get(name);
        boolean fits = number.isPresent() && number.getAsDouble() >= bounds[0] && number.getAsDouble() <= bounds[1];
        return text != null && (!fits || !text.chars().allMatch(c -> c < 128));
    }
}
