package io.heatwire.operators.heatobserver;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The arguments of one call to an observer of the reference, as settings and fields of ours. */
record ObserverParams(JsonObject params) {

    /** The plan of a call that names none. */
    static final String DEFAULT_PLAN = "3c625b759653ee60";

    private static final Map<String, String> SETTINGS = Map.of(
            "max_debug_chars", "P28_MAX_DEBUG_CHARS",
            "dedupe_ttl_sec", "P28_DEDUPE_TTL_SEC",
            "max_wait_ms", "P28_LATE_OBS_MAX_WAIT_MS",
            "poll_ms", "P28_LATE_OBS_POLL_MS",
            "max_workers", "P28_LATE_OBS_MAX_WORKERS",
            "max_inflight", "P28_LATE_OBS_MAX_INFLIGHT",
            "obs_point", "obs_point");
    private static final Map<String, Long> SMALLEST = Map.of(
            "max_debug_chars", 2L,
            "dedupe_ttl_sec", 1L,
            "max_wait_ms", 0L,
            "poll_ms", 1L,
            "max_workers", 1L,
            "max_inflight", 1L);

    /** The calls of a case: its parameters, each time with a call's own over them. */
    static List<ObserverParams> calls(JsonObject given) {
        JsonObject params = given.getAsJsonObject("params");
        List<ObserverParams> calls = new ArrayList<>();
        if (given.has("calls")) {
            for (JsonElement call : given.getAsJsonArray("calls")) {
                JsonObject merged = params.deepCopy();
                call.getAsJsonObject().entrySet().forEach(own -> merged.add(own.getKey(), own.getValue()));
                calls.add(new ObserverParams(merged));
            }
            return calls;
        }
        return List.of(new ObserverParams(params));
    }

    /** Whether a setting is out of the bounds that ours have and the reference has not. */
    boolean mustBeRefused() {
        return SMALLEST.entrySet().stream()
                        .anyMatch(bound -> params.has(bound.getKey())
                                && params.get(bound.getKey()).getAsLong() < bound.getValue())
                || params.has("obs_point") && text("obs_point", "").isBlank();
    }

    Map<String, String> env() {
        Map<String, String> env = new HashMap<>();
        SETTINGS.forEach((name, variable) -> {
            if (params.has(name)) {
                env.put(variable, params.get(name).getAsString());
            }
        });
        if (params.has("enabled")) {
            env.put("P28_HEAT_OBS_ENABLED", params.get("enabled").getAsString());
            env.put("P28_LATE_OBS_ENABLED", params.get("enabled").getAsString());
        }
        return env;
    }

    Map<String, String> entry() {
        return Map.of("plan_id", planId(), "symbol", symbol(), "decision", decision());
    }

    JsonObject json() {
        JsonObject entry = new JsonObject();
        entry.addProperty("plan_id", planId());
        entry.addProperty("symbol", symbol());
        entry.addProperty("decision", decision());
        return entry;
    }

    /** Whether the point of observation has a name; it is no environment variable, so a file can only leave it out. */
    boolean namesItsPoint() {
        return !params.has("obs_point") || !text("obs_point", "").isBlank();
    }

    boolean enabled() {
        return !params.has("enabled") || params.get("enabled").getAsBoolean();
    }

    String planId() {
        return text("plan_id", DEFAULT_PLAN);
    }

    String symbol() {
        return text("symbol", "BTCUSDT");
    }

    String decision() {
        return text("apply_decision", "");
    }

    String obsPoint(String otherwise) {
        return text("obs_point", otherwise);
    }

    String reasonOverride() {
        return text("reason_override", "");
    }

    int debugLimit() {
        return params.has("max_debug_chars") ? params.get("max_debug_chars").getAsInt() : 400;
    }

    long dedupeTtlMs() {
        return (params.has("dedupe_ttl_sec") ? params.get("dedupe_ttl_sec").getAsLong() : 600) * 1000;
    }

    private String text(String name, String otherwise) {
        return params.has(name) ? params.get(name).getAsString() : otherwise;
    }
}
