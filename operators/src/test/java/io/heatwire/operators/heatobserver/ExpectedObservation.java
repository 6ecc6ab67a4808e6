package io.heatwire.operators.heatobserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The event that must be written by the contract, sections 3.5 and 5.7, and by docs/departures/heat_observer.md; worked out from
 * a case's inputs, apart from the code under test.
 *
 * @param heat the fields of the plan's decision; empty when it is not found
 * @param error the error text; empty for none
 */
record ExpectedObservation(
        String planId,
        String symbol,
        String obsPoint,
        String decision,
        Map<String, String> heat,
        String reason,
        String error,
        long atMs,
        int debugLimit) {

    void verify(Map<String, String> written) {
        Map<String, String> event = new LinkedHashMap<>(written);
        verifyDebug(event.remove("debug_json"));
        assertThat(List.copyOf(event.entrySet()))
                .isEqualTo(List.copyOf(fieldsButDebug().entrySet()));
    }

    /** The same, with the words of the error as they were told in this event; there must be some. */
    ExpectedObservation toldIn(Map<String, String> written) {
        if (error.isEmpty()) {
            return this;
        }
        String told = strictly(written.get("debug_json")).get("error").getAsString();
        assertThat(told).isNotBlank();
        return new ExpectedObservation(planId, symbol, obsPoint, decision, heat, reason, told, atMs, debugLimit);
    }

    String found() {
        return reason.equals("ok") ? "1" : "0";
    }

    private Map<String, String> fieldsButDebug() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("ts_epoch", Long.toString(atMs / 1000));
        fields.put("plan_id", planId);
        fields.put("symbol", symbol);
        fields.put("apply_component", "apply");
        fields.put("obs_point", obsPoint);
        fields.put("heat_found", found());
        fields.put("heat_ts_epoch", heat.getOrDefault("ts_epoch", ""));
        fields.put("heat_level", heat.getOrDefault("heat_level", ""));
        fields.put("heat_score", heat.getOrDefault("heat_score", ""));
        fields.put("heat_action", heat.getOrDefault("heat_action", ""));
        fields.put("heat_out_action", heat.getOrDefault("out_action", ""));
        fields.put("heat_recommended_partial", heat.getOrDefault("recommended_partial", ""));
        fields.put("heat_reason", reason);
        fields.put("apply_decision", decision);
        return fields;
    }

    /** Valid JSON within the limit: whole when there is room, else the first members, the last perhaps cut. */
    private void verifyDebug(String debug) {
        assertThat(debug.length()).isLessThanOrEqualTo(debugLimit);
        JsonObject parsed = strictly(debug);
        Map<String, String> whole = debug();
        if (text(whole).length() <= debugLimit) {
            assertThat(debug).isEqualTo(text(whole));
            return;
        }
        Iterator<Map.Entry<String, String>> members = whole.entrySet().iterator();
        parsed.entrySet().forEach(member -> {
            Map.Entry<String, String> full = members.next();
            String value = member.getValue().getAsString();
            assertThat(member.getKey()).isEqualTo(full.getKey());
            assertThat(value.equals(full.getValue())
                            || value.endsWith("...")
                                    && full.getValue().startsWith(value.substring(0, value.length() - 3)))
                    .isTrue();
        });
        int shortestFirst =
                text(Map.of(whole.keySet().iterator().next(), "......")).length();
        assertThat(parsed.size()).isGreaterThanOrEqualTo(debugLimit >= shortestFirst ? 1 : 0);
    }

    private Map<String, String> debug() {
        Map<String, String> debug = new LinkedHashMap<>();
        if (reason.equals("ok")) {
            List.of("in_action", "out_action", "mode").forEach(name -> debug.put(name, heat.getOrDefault(name, "")));
        } else if (!error.isEmpty()) {
            debug.put("error", error.substring(0, Math.min(100, error.length())));
        }
        debug.put("apply_decision", decision);
        return debug;
    }

    private static String text(Map<String, String> members) {
        StringBuilder text = new StringBuilder("{");
        members.forEach((name, value) -> {
            text.append(text.length() > 1 ? ", \"" : "\"").append(name).append("\": \"");
            value.chars()
                    .forEach(c -> text.append(
                            c < 32 || c > 126
                                    ? String.format("\\u%04x", c)
                                    : c == '"' || c == '\\' ? "\\" + (char) c : String.valueOf((char) c)));
            text.append('"');
        });
        return text + "}";
    }

    private static JsonObject strictly(String json) {
        try (JsonReader reader = new JsonReader(new StringReader(json))) {
            reader.setStrictness(Strictness.STRICT);
            return JsonParser.parseReader(reader).getAsJsonObject();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
