package io.heatwire.operators.heatobserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.world.EnvConfig;
import io.heatwire.operators.world.OperatorWorld;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeatObserverTest {

    private static final long NOW = 1_769_638_200_000L;
    private static final String KEY = "quantum:harvest:heat:by_plan:p1";
    private static final String MARKER = "quantum:dedupe:p28:reconcile_close_consume:p1";
    private static final Map<String, String> ENTRY =
            Map.of("plan_id", "p1", "symbol", "BTCUSDT", "decision", "EXECUTE", "qty", "not a number");

    private final OperatorWorld world = new OperatorWorld();

    @Test
    void tellsADecisionThatIsThereOnceForEachPlan() {
        world.hashes.put(KEY, Map.of("heat_level", "warm", "reason", "ok", "out_action", "PARTIAL_50_PROPOSED"));

        run(Map.of(), ENTRY);
        run(Map.of(), ENTRY);

        assertThat(events()).hasSize(1);
        assertThat(events().get(0).fields())
                .containsOnlyKeys(ObservedEvent.FIELDS)
                .containsEntry("heat_found", "1")
                .containsEntry("heat_reason", "ok")
                .containsEntry("heat_level", "warm")
                .containsEntry("heat_out_action", "PARTIAL_50_PROPOSED")
                .containsEntry("heat_score", "");
        assertThat(world.values).containsEntry(MARKER, "1");
        assertThat(world.ttlMs).containsEntry(MARKER, 600_000L);
        assertThat(world.meters)
                .containsEntry("p28_observed_total{heat_found=\"1\",obs_point=\"reconcile_close_consume\"}", 1.0)
                .containsEntry("p28_heat_reason_total{obs_point=\"reconcile_close_consume\",reason=\"ok\"}", 1.0);
    }

    @ParameterizedTest
    @CsvSource({"REDIS_ERROR, redis_error", "WRONG_TYPE, parse_error", "NOT_UTF8, parse_error"})
    void tellsWhyADecisionCouldNotBeRead(Answer.Failure failure, String reason) {
        world.faults.put(KEY, new Answer.Failed(failure, "what happened"));

        run(Map.of(), ENTRY);

        assertThat(events().get(0).fields())
                .containsEntry("heat_found", "0")
                .containsEntry("heat_reason", reason)
                .containsEntry("debug_json", "{\"error\": \"what happened\", \"apply_decision\": \"EXECUTE\"}");
    }

    @Test
    void countsWhetherAFoundDecisionHadItsInputs() {
        world.hashes.put(KEY, Map.of("heat_level", "unknown", "reason", "missing_inputs"));

        run(Map.of(), ENTRY);

        assertThat(events().get(0).fields()).containsEntry("heat_reason", "ok");
        assertThat(world.meters)
                .containsEntry(
                        "heatwire_observed_decisions_total{obs_point=\"reconcile_close_consume\",substantive=\"no\"}",
                        1.0);
    }

    @Test
    void aDecisionThatIsNotNamedIsUnknown() {
        run(Map.of(), Map.of("plan_id", "p1", "symbol", "BTCUSDT"));

        assertThat(events().get(0).fields())
                .containsEntry("apply_decision", "UNKNOWN")
                .containsEntry("heat_reason", "missing");
    }

    @Test
    void anEntryWithoutPlanOrSymbolIsDead() {
        run(Map.of(), Map.of("symbol", "BTCUSDT"));
        run(Map.of(), Map.of("plan_id", "p1", "symbol", ""));

        assertThat(world.dead).containsExactly("missing_field:plan_id", "missing_field:symbol");
        assertThat(world.values).isEmpty();
    }

    @Test
    void switchedOffItLetsEntriesPass() {
        run(Map.of("P28_HEAT_OBS_ENABLED", "off"), ENTRY);

        assertThat(world.streams).isEmpty();
        assertThat(world.values).isEmpty();
        assertThat(world.log).containsExactly("INFO P2.8A Heat Observer: False");
    }

    @Test
    void startsWithTheLineThatOperatorsLookFor() {
        run(Map.of(), ENTRY);

        assertThat(world.log).contains("INFO P2.8A Heat Observer: True");
    }

    @Test
    void knowsEveryCombinationOfLabelsFromTheStart() {
        assertThat(HeatObserverSpec.SPEC.meters().stream().map(MeterSpec::name))
                .contains("p28_observed_total", "p28_heat_reason_total");
        assertThat(ObservedEvent.HEAT_REASON_TOTAL.labels().get(1).values())
                .containsExactly("ok", "missing", "timeout", "redis_error", "parse_error");
        assertThat(ObservedEvent.OBSERVED_TOTAL.labels().get(1).values())
                .containsExactly("create_apply_plan", "reconcile_close_consume", "publish_plan_post");
    }

    @ParameterizedTest
    @CsvSource({"P28_DEDUPE_TTL_SEC, 0", "P28_MAX_DEBUG_CHARS, 1", "P28_HEAT_OBS_ENABLED, maybe", "obs_point, ' '"})
    void settingsThatCannotBeMeantAreRefused(String name, String text) {
        assertThatThrownBy(() -> operator(Map.of(name, text))).isInstanceOf(IllegalArgumentException.class);
    }

    private void run(Map<String, String> env, Map<String, String> entry) {
        EventOperator observer = operator(env);
        observer.onStart().forEach(world::record);
        world.run(observer, world.event(entry), NOW);
    }

    private List<Event> events() {
        return world.streams.getOrDefault("observed", List.of());
    }

    private static EventOperator operator(Map<String, String> env) {
        return (EventOperator)
                HeatObserverSpec.SPEC.factory().apply(EnvConfig.of(HeatObserverSpec.SPEC, env, Map.of()));
    }
}
