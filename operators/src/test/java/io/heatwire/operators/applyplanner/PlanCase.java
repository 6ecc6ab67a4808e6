package io.heatwire.operators.applyplanner;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heatwire.operators.number.DecimalText;
import io.heatwire.operators.world.GoldenVectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The inputs of one recorded apply cycle, in plain types. */
record PlanCase(GoldenVectors.Case vector) {

    static final String PROPOSAL = "quantum:harvest:proposal:";
    static final String CALIBRATED = "quantum:harvest:calibrated:";

    Map<String, String> env() {
        Map<String, String> env = new LinkedHashMap<>();
        vector.given()
                .getAsJsonObject("env")
                .entrySet()
                .forEach(entry -> env.put(entry.getKey(), entry.getValue().getAsString()));
        return env;
    }

    String env(String name, String otherwise) {
        return env().getOrDefault(name, otherwise);
    }

    /** Symbols as they are meant: blanks around them dropped. */
    List<String> symbols() {
        return words(env("SYMBOLS", "BTCUSDT,ETHUSDT,SOLUSDT"));
    }

    List<String> allowlist() {
        return words(env("APPLY_ALLOWLIST", "BTCUSDT"));
    }

    int cycles() {
        return vector.given().has("cycles") ? vector.given().get("cycles").getAsInt() : 1;
    }

    /** What stands in Redis before the first cycle. */
    void prepare(PlanRedis redis) {
        JsonObject hashes = vector.given().getAsJsonObject("proposal_hashes");
        for (String symbol : hashes.keySet()) {
            redis.putHash(PROPOSAL + symbol, hashes.getAsJsonObject(symbol));
        }
        commands("pre_commands").forEach(redis::run);
    }

    /** What happens behind this cycle, counted from 1. */
    List<List<JsonElement>> after(int cycle) {
        if (!vector.given().has("commands_after_cycle")) {
            return List.of();
        }
        JsonElement commands =
                vector.given().getAsJsonObject("commands_after_cycle").get(Integer.toString(cycle));
        return commands == null ? List.of() : lists(commands.getAsJsonArray());
    }

    /** All commands of the case. */
    Stream<List<JsonElement>> allCommands() {
        return Stream.concat(
                commands("pre_commands").stream(),
                Stream.iterate(1, cycle -> cycle + 1).limit(cycles()).flatMap(cycle -> after(cycle).stream()));
    }

    /** Every value a field of any proposal has at some time. */
    List<String> valuesOf(String field) {
        List<String> values = new ArrayList<>();
        JsonObject hashes = vector.given().getAsJsonObject("proposal_hashes");
        for (String symbol : hashes.keySet()) {
            JsonElement value = hashes.getAsJsonObject(symbol).get(field);
            if (value != null && value.isJsonPrimitive()) {
                values.add(value.getAsString());
            }
        }
        allCommands()
                .filter(command -> command.get(0).getAsString().equals("HSET")
                        && command.get(1).getAsString().startsWith(PROPOSAL))
                .forEach(command -> {
                    for (int i = 2; i + 1 < command.size(); i += 2) {
                        if (command.get(i).getAsString().equals(field)) {
                            values.add(command.get(i + 1).getAsString());
                        }
                    }
                });
        return values;
    }

    /** Every action that is proposed at some time, by a calibration too. */
    List<String> actions() {
        List<String> actions = new ArrayList<>(valuesOf("harvest_action"));
        if (isCalibrated()) {
            actions.addAll(valuesOf("action"));
        }
        return actions;
    }

    /** Whether the recorded answer follows a calibrated action: since the version after the documents it may. */
    boolean isCalibrated() {
        return !vector.isOf("seed")
                && valuesOf("calibrated").contains("1")
                && valuesOf("action").stream().anyMatch(action -> !action.isEmpty());
    }

    /** The calibration a merged proposal hash carries, delivered the way it is delivered here: under a key of its own. */
    void calibrate(PlanRedis redis) {
        for (String symbol : symbols()) {
            Map<String, String> hash = redis.hashes.getOrDefault(PROPOSAL + symbol, Map.of());
            if (hash.getOrDefault("calibrated", "").equals("1")) {
                redis.hashes.put(
                        CALIBRATED + symbol,
                        Map.of(
                                "action",
                                hash.getOrDefault("action", ""),
                                "computed_at_utc",
                                hash.getOrDefault("computed_at_utc", "")));
            }
        }
    }

    /** Whether some action cannot be planned: an unknown one, or a new stop without a price. */
    boolean asksTheImpossible() {
        boolean stops = !lacks("new_sl_proposed")
                && valuesOf("new_sl_proposed").stream()
                        .map(DecimalText::parseFinite)
                        .allMatch(stop -> stop.isPresent() && stop.getAsDouble() != 0);
        return actions().stream()
                .anyMatch(action -> PlanModel.percent(action).isEmpty()
                        && !action.equals("HOLD")
                        && !(action.equals("UPDATE_SL") && stops));
    }

    /** Whether any proposal lacks the field at the start. */
    boolean lacks(String field) {
        JsonObject hashes = vector.given().getAsJsonObject("proposal_hashes");
        return hashes.keySet().stream()
                .anyMatch(symbol -> !hashes.getAsJsonObject(symbol).has(field));
    }

    /** Whether a command creates a key of this name or, ending in a colon, of this prefix. */
    boolean touches(String key) {
        return allCommands()
                .map(command -> command.get(1).getAsString())
                .anyMatch(touched -> key.endsWith(":") ? touched.startsWith(key) : touched.equals(key));
    }

    private List<List<JsonElement>> commands(String name) {
        return vector.given().has(name) ? lists(vector.given().getAsJsonArray(name)) : List.of();
    }

    private static List<List<JsonElement>> lists(JsonArray commands) {
        return commands.asList().stream()
                .map(command -> command.getAsJsonArray().asList())
                .toList();
    }

    static List<String> words(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
