package io.heatwire.operators.applyplanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.heatwire.contract.event.Event;
import io.heatwire.operators.heatobserver.ObservedEvent;
import io.heatwire.operators.world.GoldenVectors;
import io.heatwire.operators.world.OperatorWorld;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds what the planner did, in memory or in Redis, against {@link PlanModel} and, where no {@link PlanDeparture} applies, the
 * recorded answer.
 */
public final class PlanExpectation {

    private final PlanCase given;
    private final PlanModel model;
    private final boolean calibrated;

    /**
     * What we expect of a case, before its first cycle.
     *
     * @param calibrated whether a calibration in the proposal hash is delivered under its own key as well
     */
    public PlanExpectation(GoldenVectors.Case vector, boolean calibrated) {
        this.given = new PlanCase(vector);
        this.model = new PlanModel(given);
        this.calibrated = calibrated;
        given.prepare(model.redis);
        if (calibrated) {
            given.calibrate(model.redis);
        }
    }

    /** Whether the settings of the case must be refused at start. */
    public static boolean refused(GoldenVectors.Case vector) {
        return vector.expect().has("init_error") || PlanDeparture.refuses(new PlanCase(vector));
    }

    /** Whether the proposal hash of the case carries a calibration. */
    public static boolean isCalibrated(GoldenVectors.Case vector) {
        return new PlanCase(vector).isCalibrated();
    }

    /** Environment variables by name. */
    public Map<String, String> env() {
        return given.env();
    }

    /** How often the planner goes through its symbols. */
    public int cycles() {
        return given.cycles();
    }

    /** What happens behind this cycle, counted from 1; the model knows of it from here on. */
    public List<List<JsonElement>> after(int cycle) {
        given.after(cycle).forEach(model.redis::run);
        return given.after(cycle);
    }

    /** The calibrations under keys of their own, as they stand before the first cycle. */
    public Map<String, Map<String, String>> calibrations() {
        Map<String, Map<String, String>> calibrations = new TreeMap<>(model.redis.hashes);
        calibrations.keySet().removeIf(key -> !key.startsWith(PlanCase.CALIBRATED));
        return calibrations;
    }

    /** The planner goes through its symbols once. */
    public void cycle() {
        model.cycle();
    }

    /** Streams, markers and meters. */
    public void verify(OperatorWorld world) {
        isAsModelled(world, model);
        PlanRecord recorded = new PlanRecord(given);
        if (recorded.isOurs(false) && calibrated == given.isCalibrated()) {
            isAsRecorded(world, recorded);
        }
    }

    static void isAsModelled(OperatorWorld world, PlanModel model) {
        assertThat(ordered(stream(world, "plan"))).isEqualTo(ordered(model.plans));
        assertThat(ordered(stream(world, "result"))).isEqualTo(ordered(model.results));
        assertThat(withoutDebug(stream(world, "observed"))).isEqualTo(ordered(model.observed));
        assertThat(markers(world.values, world.ttlMs)).isEqualTo(markers(model.redis.values, model.redis.ttlMs));
        assertThat(contractMetrics(world)).isEqualTo(model.metrics);
        assertThat(stream(world, "observed")).allSatisfy(PlanExpectation::hasValidDebug);
    }

    static void isAsRecorded(OperatorWorld world, PlanRecord recorded) {
        assertThat(ordered(stream(world, "plan"))).isEqualTo(ordered(recorded.plans()));
        assertThat(ordered(stream(world, "result"))).isEqualTo(ordered(recorded.results()));
        assertThat(ordered(stream(world, "observed"))).isEqualTo(ordered(recorded.observed()));
        assertThat(markers(world.values, world.ttlMs)).isEqualTo(recorded.markers());
        assertThat(contractMetrics(world)).isEqualTo(recorded.metrics());
        if (!recorded.isLaterOnly()) {
            assertThat(List.of(ApplyPlan.PLAN_FIELDS)).containsAll(recorded.fieldOrders("apply_plan"));
            assertThat(List.of(ApplyPlan.RESULT_FIELDS)).containsAll(recorded.fieldOrders("apply_result"));
        }
    }

    private static List<Map<String, String>> stream(OperatorWorld world, String port) {
        return world.streams.getOrDefault(port, List.of()).stream()
                .map(Event::fields)
                .toList();
    }

    /** Entries as text, so that the order of fields counts. */
    private static List<String> ordered(List<Map<String, String>> entries) {
        return entries.stream().map(Map::toString).toList();
    }

    private static List<String> withoutDebug(List<Map<String, String>> events) {
        List<Map<String, String>> plain = new ArrayList<>();
        for (Map<String, String> event : events) {
            assertThat(List.copyOf(event.keySet())).isEqualTo(ObservedEvent.FIELDS);
            Map<String, String> copy = new LinkedHashMap<>(event);
            copy.remove("debug_json");
            plain.add(copy);
        }
        return ordered(plain);
    }

    private static void hasValidDebug(Map<String, String> event) {
        assertThat(JsonParser.parseString(event.get("debug_json")).isJsonObject())
                .isTrue();
    }

    private static Map<String, String> markers(Map<String, String> values, Map<String, Long> ttlMs) {
        Map<String, String> markers = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.matches("quantum:(apply:dedupe|apply:stream_published|dedupe:p28):.*")) {
                Long ttl = ttlMs.get(key);
                markers.put(key, value + " for " + (ttl == null ? -1 : ttl / 1000));
            }
        });
        return markers;
    }

    /** The contract's counters with their labels sorted by name, as the reference prints them. */
    private static Map<String, Double> contractMetrics(OperatorWorld world) {
        return world.meters.entrySet().stream()
                .filter(series -> series.getKey().startsWith("quantum_apply_")
                        || series.getKey().startsWith("p28_"))
                .collect(Collectors.toMap(
                        series -> sorted(series.getKey()), Map.Entry::getValue, Double::sum, TreeMap::new));
    }

    private static String sorted(String series) {
        int brace = series.indexOf('{');
        if (brace < 0) {
            return series;
        }
        String labels = series.substring(brace + 1, series.length() - 1);
        return series.substring(0, brace)
                + Stream.of(labels.split(",")).sorted().collect(Collectors.joining(",", "{", "}"));
    }
}
