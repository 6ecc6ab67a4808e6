package io.heatwire.operators.portfolioheatgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heatwire.contract.EventOperator;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.world.EnvConfig;
import io.heatwire.operators.world.GoldenVectors;
import io.heatwire.operators.world.OperatorWorld;
import io.heatwire.operators.world.VectorFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One recorded case: run, compared with what must happen by rule, and, where no departure applies, with the record. */
public final class PortfolioGateCase {

    private static final String CALIBRATED_KEY = "quantum:harvest:calibrated:";
    private static final String PROPOSAL_KEY = "quantum:harvest:proposal:";
    private static final String ANY_TRACE_ID = "00000000-0000-4000-8000-000000000000";
    private static final String SKIPPED = "not_utf8";

    private final GoldenVectors.Case vector;
    private final JsonObject given;
    private final Map<String, String> env = new HashMap<>();
    private final List<ExpectedCalibration> expected = new ArrayList<>();
    private OperatorWorld world = new OperatorWorld();

    /** A case of the file. */
    public PortfolioGateCase(GoldenVectors.Case vector) {
        this.vector = vector;
        given = vector.given();
        env.putAll(VectorFields.of(given.getAsJsonObject("config")));
        env.put("P26_MODE", given.get("mode").getAsString());
    }

    void verify() {
        if (mustBeRefused()) {
            assertThatThrownBy(this::operator).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        run(operator());
        verifyByRule();
        verifyLog();
        if (!departs()) {
            verifyAgainstRecord();
            verifyRecordedLog();
        }
    }

    /** Holds what happened elsewhere, in Redis, against the same expectation; the log is not looked at. */
    public void verify(OperatorWorld elsewhere) {
        expect();
        world = elsewhere;
        verifyByRule();
        if (!departs()) {
            verifyAgainstRecord();
        }
    }

    /** Environment variables by name. */
    public Map<String, String> env() {
        return Map.copyOf(env);
    }

    /** The inputs as recorded. */
    public JsonObject given() {
        return given;
    }

    /** The id of the entry that the proposal at this position, from 0, arrives in. */
    public EntryId entryId(int position) {
        return new EntryId(vector.nowMs(), position + 1L);
    }

    private void run(EventOperator operator) {
        operator.onStart().forEach(world::record);
        prepare();
        expect();
        List<JsonObject> proposals = VectorFields.objects(given, "proposals");
        for (int i = 0; i < proposals.size(); i++) {
            if (VectorFields.areText(proposals.get(i))) {
                take(operator, Event.of(entryId(i), VectorFields.of(proposals.get(i))));
            } else {
                die(operator, null, SKIPPED);
            }
        }
    }

    /** What the engine does around the operator: entries that lack a required field never reach it. */
    private void take(EventOperator operator, Event event) {
        String missing =
                !event.has("symbol") ? "symbol" : event.has("action") || event.has("harvest_action") ? "" : "action";
        if (missing.isEmpty()) {
            world.run(operator, event, vector.nowMs());
        } else {
            die(operator, event, "missing_field:" + missing);
        }
    }

    private void die(EventOperator operator, @Nullable Event event, String reason) {
        operator.onDead(event, reason).forEach(world::record);
        world.dead.add(reason);
    }

    private void expect() {
        List<JsonObject> proposals = VectorFields.objects(given, "proposals");
        for (int i = 0; i < proposals.size(); i++) {
            if (VectorFields.areText(proposals.get(i))) {
                expected.add(new ExpectedCalibration(
                        VectorFields.of(proposals.get(i)),
                        entryId(i).toString(),
                        ExpectedHeat.of(given),
                        heatLimit("HEAT_MIN", 0.25),
                        heatLimit("HEAT_MAX", 0.65),
                        vector.nowMs() / 1000));
            }
        }
    }

    private void prepare() {
        if (ExpectedHeat.isBroken(given, ExpectedHeat.STATE)) {
            world.faults.put(ExpectedHeat.STATE, new Answer.Failed(Answer.Failure.WRONG_TYPE, "string"));
        } else if (!given.get("state").isJsonNull()) {
            putState(given.getAsJsonObject("state"));
        }
        if (ExpectedHeat.isBroken(given, ExpectedHeat.SNAPSHOTS)) {
            world.faults.put(ExpectedHeat.SNAPSHOTS, new Answer.Failed(Answer.Failure.WRONG_TYPE, "string"));
        }
        List<Event> snapshots = new ArrayList<>();
        for (JsonObject snapshot : VectorFields.objects(given, "snapshots")) {
            if (VectorFields.areText(snapshot)) {
                snapshots.add(Event.of(new EntryId(vector.nowMs(), snapshots.size() + 1L), VectorFields.of(snapshot)));
            }
        }
        world.streams.put(ExpectedHeat.SNAPSHOTS, snapshots);
    }

    private void putState(JsonObject state) {
        if (VectorFields.areText(state)) {
            world.hashes.put(ExpectedHeat.STATE, VectorFields.of(state));
        } else {
            world.faults.put(ExpectedHeat.STATE, new Answer.Failed(Answer.Failure.NOT_UTF8, "a value"));
        }
    }

    private void verifyByRule() {
        List<ExpectedCalibration> calibrated = calibrated();
        assertThat(entries())
                .containsExactlyElementsOf(calibrated.stream()
                        .map(one -> List.copyOf(one.entry(mode()).entrySet()))
                        .toList());
        Map<String, Map<String, String>> hashes = new TreeMap<>();
        if (mode().equals("enforce")) {
            calibrated.forEach(one -> hashes.put(CALIBRATED_KEY + one.symbol(), one.hash()));
        }
        assertThat(writtenHashes()).isEqualTo(hashes);
        assertThat(hashes.keySet()).allSatisfy(key -> assertThat(world.ttlMs).containsEntry(key, 300_000L));
        assertThat(world.dead.stream().filter(reason -> !reason.equals(SKIPPED)))
                .containsExactlyElementsOf(expected.stream()
                        .filter(one -> !one.missing().isEmpty())
                        .map(one -> "missing_field:" + one.missing())
                        .toList());
        world.scrape
                .apply(expectedMeters(calibrated))
                .forEach((series, value) -> assertThat(meter(series)).as(series).isEqualTo(value));
    }

    private List<ExpectedCalibration> calibrated() {
        return expected.stream().filter(one -> one.missing().isEmpty()).toList();
    }

    private Map<String, Double> expectedMeters(List<ExpectedCalibration> calibrated) {
        double enforced = mode().equals("enforce") ? 1 : 0;
        Map<String, Double> meters = new TreeMap<>();
        meters.put("p26_enforce_mode", enforced);
        meters.put("p26_proposals_processed_total", (double) calibrated.size());
        meters.put("p26_hash_writes_total", enforced * calibrated.size());
        meters.put("p26_stream_lag_ms_count", (double) expected.stream()
                .filter(one -> List.of("", "plan_id").contains(one.missing()))
                .count());
        for (ExpectedCalibration one : calibrated) {
            boolean failed = !one.heat().failure().isEmpty();
            meters.put("p26_heat_value", one.heat().value());
            for (String bucket : List.of("COLD", "WARM", "HOT")) {
                meters.put("p26_bucket{state=\"" + bucket + "\"}", !failed && bucket.equals(one.bucket()) ? 1.0 : 0.0);
            }
            if (failed) {
                meters.merge("p26_failures_total{reason=\"" + one.heat().failure() + "\"}", 1.0, Double::sum);
            }
            if (!one.calibrated().equals(one.action())) {
                meters.merge(downgraded(one), 1.0, Double::sum);
            }
        }
        return meters;
    }

    private static String downgraded(ExpectedCalibration one) {
        return String.format(
                "p26_actions_downgraded_total{from_action=\"%s\",reason=\"%s\",to_action=\"%s\"}",
                one.action(), one.reason(), one.calibrated());
    }

    private void verifyLog() {
        List<ExpectedCalibration> calibrated = calibrated();
        assertThat(world.log).contains("INFO Mode: " + mode().toUpperCase(Locale.ROOT));
        String word = mode().equals("enforce") ? "INFO ENFORCE: " : "INFO SHADOW-COMPARE: ";
        assertThat(world.log.stream().filter(line -> line.startsWith(word))).hasSize(calibrated.size());
        assertThat(world.log.stream().filter(line -> line.startsWith("WARN DOWNGRADE: ")))
                .hasSize((int) calibrated.stream()
                        .filter(one -> !one.calibrated().equals(one.action()))
                        .count());
    }

    /** The rules of docs/departures/portfolio_heat_gate.md by which the record does not hold. */
    private boolean departs() {
        String versionsField = vector.isOf("seed") ? "action" : "harvest_action";
        boolean readsOtherwise = expected.stream()
                .anyMatch(one -> !one.action().equals(one.input().getOrDefault(versionsField, ""))
                        || !one.planId().equals(one.input().getOrDefault("plan_id", "")));
        boolean vocabulary = expected.stream().anyMatch(one -> one.action().equals("FULL_CLOSE_PROPOSED"));
        boolean noHeat = expected.stream().anyMatch(one -> !one.heat().failure().isEmpty());
        boolean unreadable = world.dead.contains(SKIPPED)
                || !VectorFields.objects(given, "snapshots").stream().allMatch(VectorFields::areText);
        boolean deeper = VectorFields.objects(given, "snapshots").size() > 50;
        boolean outputBroken = VectorFields.commands(given.get("pre_commands")).stream()
                .anyMatch(command -> command.get(0).equals("SET"));
        return readsOtherwise
                || vocabulary
                || noHeat
                || unreadable
                || deeper
                || outputBroken
                || olderSnapshotCounted()
                || !mode().equals(given.get("mode").getAsString());
    }

    /** The reference falls back to an older snapshot when the newest of a symbol counts for nothing. */
    private boolean olderSnapshotCounted() {
        return ExpectedHeat.newestBySymbol(given).values().stream().anyMatch(newest -> !referenceTakes(newest))
                && VectorFields.objects(given, "snapshots").size() > 1;
    }

    private static boolean referenceTakes(Map<String, String> snapshot) {
        String sigma = snapshot.getOrDefault("sigma", "");
        return ExpectedHeat.number(sigma.isEmpty() ? snapshot.getOrDefault("volatility", "") : sigma) > 0
                && !Double.isNaN(ExpectedHeat.number(snapshot.getOrDefault("position_notional_usd", "")));
    }

    private void verifyAgainstRecord() {
        JsonObject record = vector.expect();
        assertThat(entries())
                .containsExactlyElementsOf(VectorFields.objects(record, "calibrated").stream()
                        .map(entry ->
                                List.copyOf(withTraceId(VectorFields.of(entry)).entrySet()))
                        .toList());
        record.getAsJsonObject("hash_keys").entrySet().forEach(key -> verifyHash(key.getKey(), key.getValue()));
        record.getAsJsonObject("metrics")
                .entrySet()
                .forEach(metric -> assertThat(meter(metric.getKey()))
                        .as(metric.getKey())
                        .isEqualTo(metric.getValue().getAsDouble()));
    }

    private void verifyRecordedLog() {
        for (JsonElement line : vector.expect().getAsJsonArray("log")) {
            String text = line.getAsJsonArray().get(1).getAsString().replaceFirst("^[^A-Za-z]+", "");
            if (text.matches("(Proposal|PASS|DOWNGRADE|SHADOW-COMPARE|ENFORCE): .*")) {
                String greppable = text.replaceFirst(" \\| hash=.*", " | hash=");
                assertThat(world.log).anySatisfy(logged -> assertThat(logged).contains(greppable));
            }
        }
    }

    /** Ours is another key, replaced as a whole: the record may hold more, from the publisher or an older proposal. */
    private void verifyHash(String key, JsonElement recorded) {
        Map<String, String> fields = VectorFields.of(recorded.getAsJsonObject().getAsJsonObject("fields"));
        Map<String, String> ours = new LinkedHashMap<>(world.hashes.get(key.replace(PROPOSAL_KEY, CALIBRATED_KEY)));
        if (ours.get("computed_at_utc").isEmpty()) {
            ours.remove("computed_at_utc");
        }
        if (fields.get("trace_id").equals(ANY_TRACE_ID)) {
            fields.put("trace_id", ours.get("trace_id"));
        }
        assertThat(fields).containsAllEntriesOf(ours);
    }

    private Map<String, String> withTraceId(Map<String, String> recorded) {
        if (recorded.get("trace_id").equals(ANY_TRACE_ID)) {
            recorded.put(
                    "trace_id",
                    expected.stream()
                            .filter(one -> one.planId().equals(recorded.get("plan_id")))
                            .findFirst()
                            .orElseThrow()
                            .traceId());
        }
        return recorded;
    }

    private List<List<Map.Entry<String, String>>> entries() {
        return world.streams.getOrDefault("calibrated", List.of()).stream()
                .map(event -> List.copyOf(event.fields().entrySet()))
                .toList();
    }

    private Map<String, Map<String, String>> writtenHashes() {
        Map<String, Map<String, String>> written = new TreeMap<>(world.hashes);
        written.keySet().removeIf(key -> !key.startsWith(CALIBRATED_KEY));
        return written;
    }

    private double meter(String series) {
        return world.meters.getOrDefault(series, 0.0);
    }

    private EventOperator operator() {
        return (EventOperator) PortfolioHeatGateSpec.SPEC
                .factory()
                .apply(EnvConfig.of(
                        PortfolioHeatGateSpec.SPEC, env, Map.of("calibrated_hash", CALIBRATED_KEY + "{symbol}")));
    }

    /** Whether a setting of the case must be refused at start. */
    public boolean mustBeRefused() {
        double min = heatLimit("HEAT_MIN", 0.25);
        double max = heatLimit("HEAT_MAX", 0.65);
        boolean ordered = Double.isFinite(min) && Double.isFinite(max) && min >= 0 && min <= max;
        return !ordered || !List.of("shadow", "enforce").contains(mode());
    }

    private double heatLimit(String name, double otherwise) {
        return env.containsKey(name) ? ExpectedHeat.number(env.get(name)) : otherwise;
    }

    private String mode() {
        return env.get("P26_MODE").strip().toLowerCase(Locale.ROOT);
    }
}
