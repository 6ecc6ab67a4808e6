package io.heatwire.operators.applyplanner;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heatwire.operators.number.DecimalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The recorded answer of a case in the form the documents describe; what later versions renamed or added is taken back. */
record PlanRecord(PlanCase given) {

    private static final Set<String> CANONICAL =
            Set.of("FULL_CLOSE_PROPOSED", "PARTIAL_75", "PARTIAL_50", "PARTIAL_25", "UPDATE_SL", "HOLD");

    /** Whether our answer must be the recorded one, field by field. */
    boolean isOurs(boolean warningThresholds) {
        List<PlanDeparture> departures = new ArrayList<>(PlanDeparture.of(given));
        if (!isLaterOnly()) {
            return departures.isEmpty() && !warningThresholds;
        }
        departures.remove(PlanDeparture.ONE_CLOSE_VOCABULARY);
        boolean canonical = CANONICAL.containsAll(given.actions());
        boolean otherGates = given.touches("quantum:layer4:sizing:")
                || given.touches("quantum:churn:")
                || given.touches("quantum:cfg:universe:");
        return departures.isEmpty() && canonical && !otherGates && (warningThresholds || !inWarningBand());
    }

    /** Whether only the later version, with its other field order and its other gates, gives this answer. */
    boolean isLaterOnly() {
        return !given.vector().isOf("seed") && !given.vector().isOf("jan29");
    }

    private boolean inWarningBand() {
        double warning = Double.parseDouble(given.env("K_BLOCK_WARNING", "0.60"));
        return given.valuesOf("kill_score").stream()
                .flatMapToDouble(text -> DecimalText.parse(text).stream())
                .anyMatch(score -> score >= warning);
    }

    List<Map<String, String>> plans() {
        return entries("apply_plan").stream()
                .map(entry -> {
                    entry.put("close_qty", entry.getOrDefault("qty", entry.getOrDefault("close_qty", "")));
                    return ordered(entry, ApplyPlan.PLAN_FIELDS);
                })
                .toList();
    }

    List<Map<String, String>> results() {
        return entries("apply_result").stream()
                .map(entry -> {
                    if (isLaterOnly()) {
                        entry.put("error", "");
                    }
                    return ordered(entry, ApplyPlan.RESULT_FIELDS);
                })
                .toList();
    }

    List<Map<String, String>> observed() {
        return entries("observed");
    }

    /** Names and order of the fields as recorded, for versions that have ours. */
    List<List<String>> fieldOrders(String stream) {
        return entries(stream).stream()
                .map(entry -> List.copyOf(entry.keySet()))
                .distinct()
                .toList();
    }

    /** Markers with their value and, in s, their time to live; without those of plans in error, which we do not mark. */
    Map<String, String> markers() {
        Map<String, String> markers = new TreeMap<>();
        JsonObject keys = given.vector().expect().getAsJsonObject("keys");
        for (String key : keys.keySet()) {
            JsonObject marker = keys.getAsJsonObject(key);
            boolean fixedLater = isLaterOnly() && key.startsWith("quantum:apply:dedupe:");
            long ttl = marker.get("ttl_s").getAsLong();
            String ours = fixedLater && ttl == 300 ? given.env("APPLY_DEDUPE_TTL_SEC", "21600") : Long.toString(ttl);
            markers.put(key, marker.get("value").getAsString() + " for " + ours);
        }
        for (Map<String, String> result : results()) {
            if (result.getOrDefault("decision", "").equals("ERROR")) {
                markers.remove("quantum:apply:dedupe:" + result.get("plan_id"));
            }
        }
        return markers;
    }

    /** Counters that are not 0. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        for (String group : List.of("metrics", "p28_metrics_delta")) {
            given.vector().expect().getAsJsonObject(group).entrySet().stream()
                    .filter(entry -> entry.getValue().getAsDouble() != 0)
                    .forEach(entry ->
                            metrics.put(entry.getKey(), entry.getValue().getAsDouble()));
        }
        return metrics;
    }

    /** The log lines people look for, in no order. */
    List<String> greppedLog() {
        return grepped(given.vector().expect().getAsJsonArray("log").asList().stream()
                .map(line -> line.getAsJsonArray())
                .map(line -> line.get(0).getAsString().replace("WARNING", "WARN") + " "
                        + line.get(1).getAsString())
                .toList());
    }

    static List<String> grepped(List<String> lines) {
        return lines.stream()
                .filter(line -> line.matches(
                        ".*(published \\(decision=|Result published|Kill score|Blocked by kill|already executed).*"))
                .sorted()
                .toList();
    }

    private List<Map<String, String>> entries(String stream) {
        JsonElement recorded = given.vector().expect().get(stream);
        List<Map<String, String>> entries = new ArrayList<>();
        for (JsonElement entry : recorded.getAsJsonArray()) {
            Map<String, String> fields = new LinkedHashMap<>();
            entry.getAsJsonObject()
                    .entrySet()
                    .forEach(
                            field -> fields.put(field.getKey(), field.getValue().getAsString()));
            entries.add(fields);
        }
        return entries;
    }

    private static Map<String, String> ordered(Map<String, String> entry, List<String> fields) {
        Map<String, String> ordered = new LinkedHashMap<>();
        fields.forEach(field -> ordered.put(field, entry.get(field)));
        return ordered;
    }
}
