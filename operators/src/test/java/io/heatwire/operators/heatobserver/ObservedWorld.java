package io.heatwire.operators.heatobserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.world.OperatorWorld;
import io.heatwire.operators.world.VectorFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The world of an observer case: what the case prepares, what must be written, and what was recorded. */
final class ObservedWorld {

    static final String BY_PLAN = "quantum:harvest:heat:by_plan:";
    static final String DEDUPE = "quantum:dedupe:p28:";

    final OperatorWorld world = new OperatorWorld();
    final List<ExpectedObservation> expected = new ArrayList<>();
    private final Map<String, Long> expectedMarkers = new TreeMap<>();
    private final Map<String, Double> expectedMeters = new TreeMap<>();

    /** Puts a plan's decision in place; what is not UTF-8 answers as the engine's reader would. */
    void putHeat(String planId, JsonObject heat) {
        if (VectorFields.areText(heat)) {
            world.hashes.put(BY_PLAN + planId, VectorFields.of(heat));
        } else {
            world.faults.put(BY_PLAN + planId, new Answer.Failed(Answer.Failure.NOT_UTF8, "a value"));
        }
    }

    /** Does what a command of the case does, as far as an observer can notice. */
    void command(List<String> command) {
        String key = command.get(1);
        if (command.get(0).equals("DEL")) {
            world.values.remove(key);
            world.hashes.remove(key);
            world.faults.remove(key);
            expectedMarkers.remove(key);
        } else if (key.startsWith(DEDUPE)) {
            world.values.put(key, command.get(command.size() - 1));
            expectedMarkers.put(key, -1L);
        } else if (key.startsWith(BY_PLAN) && !command.get(0).equals("HSET")) {
            world.faults.put(key, new Answer.Failed(Answer.Failure.WRONG_TYPE, "a string"));
        }
    }

    /** Whether an observation of this plan at this point would be the first. */
    boolean isFirst(String obsPoint, String planId) {
        return !expectedMarkers.containsKey(DEDUPE + obsPoint + ":" + planId);
    }

    void expect(ExpectedObservation observation, long dedupeTtlMs) {
        expected.add(observation);
        expectedMarkers.put(DEDUPE + observation.obsPoint() + ":" + observation.planId(), dedupeTtlMs);
        String point = "obs_point=\"" + observation.obsPoint() + "\"";
        expectedMeters.merge(
                "p28_observed_total{heat_found=\"" + observation.found() + "\"," + point + "}", 1.0, Double::sum);
        expectedMeters.merge(
                "p28_heat_reason_total{" + point + ",reason=\"" + observation.reason() + "\"}", 1.0, Double::sum);
    }

    void expectDropped() {
        expectedMeters.merge("p28_late_obs_dropped_total", 1.0, Double::sum);
    }

    /** Holds what happened, here or elsewhere, against the expectation; the words of an error are its teller's own. */
    void verifyByRule(OperatorWorld happened) {
        List<Map<String, String>> events = events(happened);
        assertThat(events).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            ExpectedObservation one = expected.get(i);
            (happened == world ? one : one.toldIn(events.get(i))).verify(events.get(i));
        }
        assertThat(markers(happened)).isEqualTo(expectedMarkers);
        assertThat(contractMeters(happened)).isEqualTo(expectedMeters);
    }

    void verifyAgainstRecord(OperatorWorld happened, JsonObject record) {
        List<Map<String, String>> events = events(happened);
        List<Map<String, String>> recorded = VectorFields.objects(record, "events").stream()
                .map(VectorFields::of)
                .toList();
        assertThat(events.stream().map(ObservedWorld::butDebug))
                .containsExactlyElementsOf(
                        recorded.stream().map(ObservedWorld::butDebug).toList());
        for (int i = 0; i < recorded.size(); i++) {
            // The reference cuts in the middle of JSON; whatever it did not cut must be the same.
            if (!recorded.get(i).get("debug_json").endsWith("...")) {
                assertThat(events.get(i)).isEqualTo(recorded.get(i));
            }
        }
        Map<String, Double> meters = new TreeMap<>();
        record.getAsJsonObject("metrics_delta")
                .entrySet()
                .forEach(meter -> meters.put(meter.getKey(), meter.getValue().getAsDouble()));
        assertThat(contractMeters(happened)).isEqualTo(meters);
        assertThat(markers(happened).keySet()).isEqualTo(recordedMarkers(record).keySet());
        recordedMarkers(record)
                .forEach((key, ttlMs) -> assertThat(markers(happened)).containsEntry(key, ttlMs));
    }

    private static Map<String, Long> recordedMarkers(JsonObject record) {
        Map<String, Long> markers = new TreeMap<>();
        JsonObject keys = record.getAsJsonObject(record.has("dedupe_keys") ? "dedupe_keys" : "keys");
        keys.entrySet().stream().filter(key -> key.getKey().startsWith(DEDUPE)).forEach(key -> {
            long seconds = key.getValue().getAsJsonObject().get("ttl_s").getAsLong();
            markers.put(key.getKey(), seconds < 0 ? -1 : seconds * 1000);
        });
        return markers;
    }

    private static List<Map.Entry<String, String>> butDebug(Map<String, String> event) {
        return event.entrySet().stream()
                .filter(field -> !field.getKey().equals("debug_json"))
                .toList();
    }

    private static List<Map<String, String>> events(OperatorWorld happened) {
        return happened.streams.getOrDefault("observed", List.of()).stream()
                .map(io.heatwire.contract.event.Event::fields)
                .toList();
    }

    private static Map<String, Long> markers(OperatorWorld happened) {
        Map<String, Long> markers = new TreeMap<>();
        happened.values.keySet().stream()
                .filter(key -> key.startsWith(DEDUPE))
                .forEach(key -> markers.put(key, happened.ttlMs.getOrDefault(key, -1L)));
        return markers;
    }

    private static Map<String, Double> contractMeters(OperatorWorld happened) {
        Map<String, Double> meters = new TreeMap<>(happened.meters);
        meters.keySet().removeIf(series -> !series.startsWith("p28_"));
        return meters;
    }
}
