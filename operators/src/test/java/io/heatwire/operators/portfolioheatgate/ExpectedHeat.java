package io.heatwire.operators.portfolioheatgate;

import com.google.gson.JsonObject;
import io.heatwire.operators.number.DecimalText;
import io.heatwire.operators.world.VectorFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The heat that a case must have by the contract, section 5.3, and by the departures in docs/departures/portfolio_heat_gate.md;
 * worked out from the case's inputs, apart from the code under test.
 */
record ExpectedHeat(double value, String failure) {

    static final String STATE = "quantum:state:portfolio";
    static final String SNAPSHOTS = "quantum:stream:position.snapshot";

    static ExpectedHeat of(JsonObject given) {
        if (isBroken(given, STATE)) {
            return new ExpectedHeat(0, "heat_calculation_error");
        }
        if (given.get("state").isJsonNull() || given.getAsJsonObject("state").size() == 0) {
            return new ExpectedHeat(0, "portfolio_state_missing");
        }
        if (!VectorFields.areText(given.getAsJsonObject("state")) || isBroken(given, SNAPSHOTS)) {
            return new ExpectedHeat(0, "heat_calculation_error");
        }
        String equity = VectorFields.of(given.getAsJsonObject("state")).getOrDefault("equity_usd", "");
        if (equity.isEmpty()) {
            return new ExpectedHeat(0, "invalid_equity");
        }
        double usd = number(equity);
        if (!Double.isFinite(usd)) {
            return new ExpectedHeat(0, "invalid_inputs");
        }
        return usd <= 0 ? new ExpectedHeat(0, "invalid_equity") : ofPositions(given, Math.max(usd, 1));
    }

    private static ExpectedHeat ofPositions(JsonObject given, double equity) {
        Map<String, Map<String, String>> newest = newestBySymbol(given);
        double sum = 0;
        for (Map<String, String> snapshot : newest.values()) {
            sum += risk(snapshot);
        }
        if (newest.isEmpty()) {
            return new ExpectedHeat(0, "snapshots_missing");
        }
        return Double.isFinite(sum / equity)
                ? new ExpectedHeat(sum / equity, "")
                : new ExpectedHeat(0, "invalid_inputs");
    }

    /** The newest snapshot of each symbol, newest symbol first. */
    static Map<String, Map<String, String>> newestBySymbol(JsonObject given) {
        List<JsonObject> newestFirst = new ArrayList<>(VectorFields.objects(given, "snapshots"));
        Collections.reverse(newestFirst);
        Map<String, Map<String, String>> newest = new LinkedHashMap<>();
        newestFirst.stream().filter(VectorFields::areText).map(VectorFields::of).forEach(snapshot -> {
            if (!snapshot.getOrDefault("symbol", "").isEmpty()) {
                newest.putIfAbsent(snapshot.get("symbol"), snapshot);
            }
        });
        return newest;
    }

    /** NaN when the snapshot has not the numbers it needs. */
    static double risk(Map<String, String> snapshot) {
        double notional = number(snapshot.getOrDefault("position_notional_usd", ""));
        String text = snapshot.getOrDefault("sigma", "");
        text = text.isEmpty() ? snapshot.getOrDefault("volatility", "") : text;
        double sigma = text.isEmpty() && notional == 0 ? 0 : number(text);
        return Double.isFinite(notional) && Double.isFinite(sigma)
                ? Math.abs(notional) * Math.max(sigma, 0)
                : Double.NaN;
    }

    static double number(String text) {
        return DecimalText.parse(text).orElse(Double.NaN);
    }

    /** Whether a command of the case puts another type under this key. */
    static boolean isBroken(JsonObject given, String key) {
        return VectorFields.commands(given.get("pre_commands")).stream()
                .anyMatch(command ->
                        command.get(0).equals("SET") && command.get(1).equals(key));
    }
}
