package io.heatwire.operators.heatbridge;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heatwire.operators.number.DecimalText;
import io.heatwire.operators.world.GoldenVectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A recorded case of bridge.jsonl, read into steps. */
public final class BridgeCase {

    /** One thing that happens. */
    public sealed interface Step {

        /** An entry is appended; empty when its bytes are not UTF-8. */
        record Append(Optional<Map<String, String>> fields) implements Step {}

        /** The stage reads this many batches. */
        record Read(int batches) implements Step {}

        /** Somebody else's command. */
        record Command(List<String> words) implements Step {}

        /** The clock is set. */
        record Clock(long nowMs) implements Step {}

        /** A command of the reference is made to fail. */
        record Fault() implements Step {}
    }

    /** The case as recorded. */
    public final GoldenVectors.Case vector;
    /** Variables that differ from the defaults. */
    public final Map<String, String> env;

    /** A case of the file. */
    public BridgeCase(GoldenVectors.Case vector) {
        this.vector = vector;
        this.env = texts(vector.given().getAsJsonObject("env"));
    }

    /** What happens, in order. */
    public List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (JsonElement step : vector.given().getAsJsonArray("steps")) {
            steps.add(step(step.getAsJsonObject()));
        }
        return steps;
    }

    boolean failedToStart() {
        return vector.expect().has("init_error");
    }

    /** The key of the input stream. */
    public String input() {
        return env.getOrDefault("P27_STREAM_IN", "quantum:stream:harvest.heat.decision");
    }

    /** Entries in a batch of the reference. */
    public int batch() {
        return Integer.parseInt(env.getOrDefault("P27_BATCH", "10"));
    }

    /** What was recorded of each key. */
    Map<String, JsonObject> recordedKeys() {
        Map<String, JsonObject> keys = new TreeMap<>();
        vector.expect()
                .getAsJsonObject("keys")
                .entrySet()
                .forEach(key -> keys.put(key.getKey(), key.getValue().getAsJsonObject()));
        return keys;
    }

    double recordedMeter(String series) {
        return vector.expect().getAsJsonObject("metrics").get(series).getAsDouble();
    }

    List<String> recordedLog() {
        return vector.expect().getAsJsonArray("log").asList().stream()
                .map(JsonElement::getAsJsonArray)
                .map(line -> line.get(0).getAsString() + " " + line.get(1).getAsString())
                .toList();
    }

    private static Step step(JsonObject step) {
        if (step.has("xadd")) {
            JsonObject fields = step.getAsJsonObject("xadd");
            boolean isText = fields.entrySet().stream()
                    .allMatch(field -> field.getValue().isJsonPrimitive());
            return new Step.Append(isText ? Optional.of(texts(fields)) : Optional.empty());
        }
        if (step.has("read")) {
            return new Step.Read(step.get("read").getAsInt());
        }
        if (step.has("now")) {
            return new Step.Clock((long) (step.get("now").getAsDouble() * 1000));
        }
        if (step.has("cmd")) {
            return new Step.Command(step.getAsJsonArray("cmd").asList().stream()
                    .map(JsonElement::getAsString)
                    .toList());
        }
        if (step.has("fault")) {
            return new Step.Fault();
        }
        throw new IllegalStateException("no such step: " + step);
    }

    /** Refused where the reference refuses, and where a time to live is not positive. */
    public boolean refused() {
        return failedToStart()
                || Stream.of("P27_TTL_PLAN_SEC", "P27_TTL_SYMBOL_SEC", "P27_DEDUPE_TTL_SEC")
                        .filter(env::containsKey)
                        .map(env::get)
                        .anyMatch(text -> DecimalText.parseInteger(text).orElse(0) < 1
                                || DecimalText.parseInteger(text).orElse(0) > 31_536_000);
    }

    static Map<String, String> texts(JsonObject fields) {
        Map<String, String> texts = new LinkedHashMap<>();
        fields.entrySet()
                .forEach(field -> texts.put(field.getKey(), field.getValue().getAsString()));
        return texts;
    }
}
