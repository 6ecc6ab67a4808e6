package io.heatwire.operators.heatgate;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heatwire.operators.world.GoldenVectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A recorded case of gate.jsonl, read. */
public final class GateCase {

    /** The case as recorded. */
    public final GoldenVectors.Case vector;
    /** Whether it was recorded from the newest version instead of the one the documents describe. */
    public final boolean head;

    /** Variables that differ from the defaults. */
    public final Map<String, String> env;
    /** The key of the portfolio state. */
    public final String stateKey;

    /** A case of the file. */
    public GateCase(GoldenVectors.Case vector) {
        this.vector = vector;
        this.head = !vector.isOf("seed");
        this.env = texts(vector.given().getAsJsonObject("env"));
        this.stateKey = vector.given().get("state_key").getAsString();
    }

    /** The frozen clock of the case, in ms. */
    public long nowMs() {
        return vector.nowMs();
    }

    /** The state; empty when there is none or when it is not text. */
    public Optional<Map<String, String>> state() {
        JsonElement state = vector.given().get("state");
        return state.isJsonNull() || !isText(state.getAsJsonObject())
                ? Optional.empty()
                : Optional.of(texts(state.getAsJsonObject()));
    }

    boolean hasUndecodableState() {
        JsonElement state = vector.given().get("state");
        return !state.isJsonNull() && !isText(state.getAsJsonObject());
    }

    /** The entries in order; empty for one whose bytes are not UTF-8. */
    public List<Optional<Map<String, String>>> entries() {
        if (commands().stream().anyMatch(words -> words.get(0).equals("DEL") && words.contains(input()))) {
            return List.of();
        }
        List<Optional<Map<String, String>>> entries = new ArrayList<>();
        for (JsonElement entry : vector.given().getAsJsonArray("proposals")) {
            JsonObject fields = entry.getAsJsonObject();
            entries.add(isText(fields) ? Optional.of(texts(fields)) : Optional.empty());
        }
        return entries;
    }

    /** Commands issued before the entries are read. */
    public List<List<String>> commands() {
        List<List<String>> commands = new ArrayList<>();
        JsonArray given = vector.given().getAsJsonArray("pre_commands");
        for (JsonElement command : given == null ? new JsonArray() : given) {
            commands.add(command.getAsJsonArray().asList().stream()
                    .map(JsonElement::getAsString)
                    .toList());
        }
        return commands;
    }

    /** The key of the input stream. */
    public String input() {
        return env.getOrDefault("HEAT_STREAM_IN", "quantum:stream:harvest.proposal");
    }

    /** The key of the decision stream. */
    public String output() {
        return env.getOrDefault("HEAT_STREAM_OUT", "quantum:stream:harvest.heat.decision");
    }

    boolean failedToStart() {
        return vector.expect().has("init_error");
    }

    /** The recorded decisions, one for each entry; empty when the reference did not decide each of them. */
    List<Map<String, String>> recorded() {
        JsonElement decisions = vector.expect().get("decisions");
        if (!decisions.isJsonArray()
                || decisions.getAsJsonArray().size() != entries().size()) {
            return List.of();
        }
        return decisions.getAsJsonArray().asList().stream()
                .map(decision -> withoutCopy(texts(decision.getAsJsonObject())))
                .toList();
    }

    /** The newest version writes out_action a second time as action; we do not. */
    private static Map<String, String> withoutCopy(Map<String, String> decision) {
        decision.remove("action");
        return decision;
    }

    /** The recorded shadow keys. */
    Map<String, Map<String, String>> recordedShadows() {
        Map<String, Map<String, String>> shadows = new LinkedHashMap<>();
        vector.expect()
                .getAsJsonObject("shadow_keys")
                .entrySet()
                .forEach(shadow -> shadows.put(
                        shadow.getKey(),
                        texts(shadow.getValue().getAsJsonObject().getAsJsonObject("fields"))));
        return shadows;
    }

    /** The recorded meters that an operator moves. */
    Map<String, Double> recordedMeters() {
        Map<String, Double> meters = new LinkedHashMap<>();
        vector.expect().getAsJsonObject("metrics").entrySet().stream()
                .filter(meter -> !meter.getKey().startsWith("p26_loops_total"))
                .forEach(meter -> meters.put(meter.getKey(), meter.getValue().getAsDouble()));
        return meters;
    }

    /** The recorded log lines, level first. */
    List<String> recordedLog() {
        return vector.expect().getAsJsonArray("log").asList().stream()
                .map(JsonElement::getAsJsonArray)
                .map(line -> line.get(0).getAsString().replace("WARNING", "WARN") + " "
                        + line.get(1).getAsString())
                .toList();
    }

    private static boolean isText(JsonObject fields) {
        return fields.entrySet().stream().allMatch(field -> field.getValue().isJsonPrimitive());
    }

    private static Map<String, String> texts(JsonObject fields) {
        Map<String, String> texts = new LinkedHashMap<>();
        fields.entrySet()
                .forEach(field -> texts.put(field.getKey(), field.getValue().getAsString()));
        return texts;
    }
}
