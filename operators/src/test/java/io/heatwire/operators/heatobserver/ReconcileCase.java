package io.heatwire.operators.heatobserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.heatwire.contract.EventOperator;
import io.heatwire.operators.number.DecimalText;
import io.heatwire.operators.world.EnvConfig;
import io.heatwire.operators.world.GoldenVectors;
import io.heatwire.operators.world.OperatorWorld;
import io.heatwire.operators.world.VectorFields;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A recorded case of the observation on the consumption of reconcile.close; the execution behind it is not ours. */
public final class ReconcileCase {

    private static final String POINT = ObservedEvent.RECONCILE_CLOSE_CONSUME;
    private static final int READ_AT_ONCE = 10;

    private final GoldenVectors.Case vector;
    private final JsonObject given;
    private final Map<String, String> env;
    private final List<JsonObject> entries;
    private final ObservedWorld observed = new ObservedWorld();
    private int dead;

    /** A case of the file. */
    public ReconcileCase(GoldenVectors.Case vector) {
        this.vector = vector;
        given = vector.given();
        env = VectorFields.of(given.getAsJsonObject("env"));
        entries = VectorFields.objects(given, "entries");
    }

    void verify() {
        if (mustBeRefused()) {
            assertThatThrownBy(this::operator).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        EventOperator operator = operator();
        if (!given.get("by_plan").isJsonNull()) {
            given.getAsJsonObject("by_plan")
                    .entrySet()
                    .forEach(plan ->
                            observed.putHeat(plan.getKey(), plan.getValue().getAsJsonObject()));
        }
        VectorFields.commands(given.get("pre_commands")).forEach(observed::command);
        entries.stream().filter(VectorFields::areText).map(VectorFields::of).forEach(entry -> {
            expect(entry);
            observed.world.run(operator, observed.world.event(entry), vector.nowMs());
        });
        verify(observed.world);
    }

    /** Plays the case to a running observer. */
    public void verify(ObserverStage stage) {
        if (!given.get("by_plan").isJsonNull()) {
            given.getAsJsonObject("by_plan").entrySet().forEach(plan -> {
                observed.putHeat(plan.getKey(), plan.getValue().getAsJsonObject());
                stage.hash(
                        ObservedWorld.BY_PLAN + plan.getKey(), plan.getValue().getAsJsonObject());
            });
        }
        VectorFields.commands(given.get("pre_commands")).forEach(command -> {
            observed.command(command);
            stage.command(command);
        });
        entries.stream().filter(VectorFields::areText).map(VectorFields::of).forEach(this::expect);
        stage.observe(env, entries);
        verify(stage.world());
    }

    private void verify(OperatorWorld happened) {
        observed.verifyByRule(happened);
        // What is not text never becomes an event: only a running engine has it in its dead letters.
        assertThat(happened.dead.stream().filter(reason -> !reason.equals("not_utf8")))
                .hasSize(dead);
        if (!departs()) {
            observed.verifyAgainstRecord(happened, vector.expect());
        }
    }

    /** Environment variables by name. */
    public Map<String, String> settings() {
        return Map.copyOf(env);
    }

    private void expect(Map<String, String> entry) {
        String planId = entry.getOrDefault("plan_id", "");
        String symbol = entry.getOrDefault("symbol", "");
        if (!enabled()) {
            return;
        }
        if (planId.isEmpty() || symbol.isEmpty()) {
            dead++;
            return;
        }
        if (!observed.isFirst(POINT, planId)) {
            return;
        }
        String key = ObservedWorld.BY_PLAN + planId;
        boolean unusable = observed.world.faults.containsKey(key);
        Map<String, String> heat = unusable ? Map.of() : observed.world.hashes.getOrDefault(key, Map.of());
        observed.expect(
                new ExpectedObservation(
                        planId,
                        symbol,
                        POINT,
                        entry.getOrDefault("decision", "UNKNOWN"),
                        heat,
                        unusable ? "parse_error" : heat.isEmpty() ? "missing" : "ok",
                        unusable ? "a value" : "",
                        vector.nowMs(),
                        Integer.parseInt(env.getOrDefault("P28_MAX_DEBUG_CHARS", "400"))),
                Long.parseLong(env.getOrDefault("P28_DEDUPE_TTL_SEC", "600")) * 1000);
    }

    /** The rules of docs/departures/heat_observer.md by which the record does not hold. */
    private boolean departs() {
        int reads = given.has("reads") ? given.get("reads").getAsInt() : 1;
        boolean readStops = entries.size() > READ_AT_ONCE * reads;
        for (int i = 0; i < entries.size() - 1; i++) {
            readStops |= stopsTheReference(entries.get(i));
        }
        boolean unreadable = !entries.stream().allMatch(VectorFields::areText);
        return readStops || unreadable || !observed.world.faults.isEmpty();
    }

    /** An entry that its read cannot be finished with: the entries behind it stay pending in the reference. */
    private static boolean stopsTheReference(JsonObject json) {
        if (!VectorFields.areText(json)) {
            return true;
        }
        Map<String, String> entry = VectorFields.of(json);
        return entry.getOrDefault("plan_id", "").isEmpty()
                || DecimalText.parse(entry.getOrDefault("qty", "0")).isEmpty();
    }

    /** Whether a setting of the case must be refused at start. */
    public boolean mustBeRefused() {
        return !enabled()
                && !List.of("false", "0", "no", "off", "")
                        .contains(env.get("P28_HEAT_OBS_ENABLED").strip().toLowerCase(Locale.ROOT));
    }

    private boolean enabled() {
        return List.of("true", "1", "yes", "on")
                .contains(
                        env.getOrDefault("P28_HEAT_OBS_ENABLED", "true").strip().toLowerCase(Locale.ROOT));
    }

    private EventOperator operator() {
        return (EventOperator)
                HeatObserverSpec.SPEC.factory().apply(EnvConfig.of(HeatObserverSpec.SPEC, env, Map.of()));
    }
}
