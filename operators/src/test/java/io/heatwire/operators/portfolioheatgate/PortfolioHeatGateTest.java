package io.heatwire.operators.portfolioheatgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.world.EnvConfig;
import io.heatwire.operators.world.OperatorWorld;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortfolioHeatGateTest {

    private static final long NOW = 1_769_638_200_000L;
    private static final String STATE = "quantum:state:portfolio";
    private static final String SNAPSHOTS = "quantum:stream:position.snapshot";
    private static final String HASH = "quantum:harvest:calibrated:BTCUSDT";

    private final OperatorWorld world = new OperatorWorld();
    private final List<Event> snapshots = new ArrayList<>();

    PortfolioHeatGateTest() {
        world.streams.put(SNAPSHOTS, snapshots);
    }

    @ParameterizedTest
    @CsvSource({
        "10000, FULL_CLOSE, PARTIAL_25, COLD, portfolio_heat_cold",
        "10000, FULL_CLOSE_PROPOSED, PARTIAL_25, COLD, portfolio_heat_cold",
        "1000, FULL_CLOSE_PROPOSED, PARTIAL_75, WARM, portfolio_heat_warm",
        "300, FULL_CLOSE_PROPOSED, FULL_CLOSE_PROPOSED, HOT, portfolio_heat_hot",
        "10000, PARTIAL_50, PARTIAL_50, COLD, partial_unchanged",
        "10000, HOLD, HOLD, COLD, non_full_close_unchanged"
    })
    void fullClosesAreModeratedByHeat(String equity, String action, String calibrated, String bucket, String reason) {
        equity(equity);
        snapshot(0, "ETHUSDT", "1800", "0.15");

        run(shadow(), action);

        assertThat(last())
                .containsEntry("original_action", action)
                .containsEntry("calibrated_action", calibrated)
                .containsEntry("heat_bucket", bucket)
                .containsEntry("reason", reason);
    }

    @Test
    void missingStateIsCutLikeColdButSaysWhyAndShowsNoBucket() {
        snapshot(0, "ETHUSDT", "1800", "0.15");

        run(shadow(), "FULL_CLOSE");

        assertThat(last())
                .containsEntry("calibrated_action", "PARTIAL_25")
                .containsEntry("reason", "portfolio_state_missing")
                .containsEntry("heat_value", "0.0");
        assertThat(world.meters)
                .containsEntry("p26_failures_total{reason=\"portfolio_state_missing\"}", 1.0)
                .containsEntry("p26_bucket{state=\"COLD\"}", 0.0);
        assertThat(world.log).anySatisfy(line -> assertThat(line).contains("FAIL-CLOSED"));
    }

    @Test
    void noSnapshotsAreNotAColdPortfolio() {
        equity("1000");

        run(shadow(), "FULL_CLOSE");

        assertThat(last()).containsEntry("reason", "snapshots_missing");
    }

    @ParameterizedTest
    @CsvSource({
        "nan, 400, 1",
        "inf, 400, 1",
        "abc, 400, 1",
        "1000, nan, 1",
        "1000, 400, inf",
        "1000, 400, abc",
        "1000, 1e308, 1e308"
    })
    void numbersThatAreNotFiniteAreNeverHot(String equity, String notional, String sigma) {
        equity(equity);
        snapshot(0, "BTCUSDT", notional, sigma);

        run(shadow(), "FULL_CLOSE");

        assertThat(last()).containsEntry("calibrated_action", "PARTIAL_25").containsEntry("reason", "invalid_inputs");
    }

    @Test
    void aReadThatFailsIsNamed() {
        world.faults.put(STATE, new Answer.Failed(Answer.Failure.REDIS_ERROR, "connection lost"));

        run(shadow(), "FULL_CLOSE");

        assertThat(last()).containsEntry("reason", "heat_calculation_error");
        assertThat(world.log).anySatisfy(line -> assertThat(line).contains("connection lost"));
    }

    @Test
    void theNewestSnapshotDecidesAlsoWhenThePositionIsClosed() {
        equity("1000");
        snapshot(20, "BTCUSDT", "900", "1");
        snapshot(10, "BTCUSDT", "0", "0");

        run(shadow(), "FULL_CLOSE");

        assertThat(last()).containsEntry("heat_value", "0.0").containsEntry("reason", "portfolio_heat_cold");
    }

    @Test
    void aClosedPositionNeedsNoSigma() {
        equity("1000");
        snapshots.add(Event.of(new EntryId(NOW, 1), Map.of("symbol", "BTCUSDT", "position_notional_usd", "0")));

        run(shadow(), "FULL_CLOSE");

        assertThat(last()).containsEntry("reason", "portfolio_heat_cold");
    }

    @Test
    void snapshotsBeyondTheMaximumAgeDoNotCount() {
        equity("1000");
        snapshot(601, "ETHUSDT", "900", "1");
        snapshot(600, "BTCUSDT", "300", "1");

        run(shadow(), "FULL_CLOSE");

        assertThat(last()).containsEntry("heat_value", "0.3");
    }

    @Test
    void enforceReplacesTheHashAsAWholeAndNamesTheProposalItIsFor() {
        equity("1000");
        snapshot(0, "BTCUSDT", "400", "1");
        EventOperator enforce = operator(Map.of("P26_MODE", "enforce"));

        run(enforce, "FULL_CLOSE", "computed_at_utc", "2026-01-28T22:09:50", "only_in_first", "1");
        run(enforce, "FULL_CLOSE", "computed_at_utc", "2026-01-28T22:10:00", "kill_score", "0.7");

        assertThat(world.hashes.get(HASH))
                .containsEntry("action", "PARTIAL_75")
                .containsEntry("calibrated", "1")
                .containsEntry("computed_at_utc", "2026-01-28T22:10:00")
                .containsEntry("kill_score", "0.7")
                .doesNotContainKey("only_in_first");
        assertThat(world.ttlMs).containsEntry(HASH, 300_000L);
        assertThat(world.meters).containsEntry("p26_hash_writes_total", 2.0).containsEntry("p26_enforce_mode", 1.0);
        assertThat(world.log).contains("INFO Mode: ENFORCE");
    }

    @Test
    void shadowWritesNoHash() {
        equity("1000");
        snapshot(0, "BTCUSDT", "400", "1");

        run(shadow(), "FULL_CLOSE");

        assertThat(world.hashes).containsOnlyKeys(STATE);
        assertThat(world.log)
                .contains("INFO Mode: SHADOW")
                .anySatisfy(line -> assertThat(line).contains("SHADOW-COMPARE:").contains("downgraded=True"));
    }

    @Test
    void aMissingPlanIdIsComputedFromThePublishersFields() {
        run(
                shadow(),
                event(
                        1,
                        "symbol",
                        "BTCUSDT",
                        "harvest_action",
                        "FULL_CLOSE_PROPOSED",
                        "kill_score",
                        "0.35",
                        "new_sl_proposed",
                        "None",
                        "computed_at_utc",
                        "2026-01-28T22:09:50.123456"));

        assertThat(last()).containsEntry("plan_id", "6770d48102f2bcb1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "nan"})
    void withoutAUsableKillScoreThereIsNoPlanIdAndTheEntryIsDead(String killScore) {
        run(
                shadow(),
                event(
                        1,
                        "symbol",
                        "BTCUSDT",
                        "action",
                        "FULL_CLOSE",
                        "kill_score",
                        killScore,
                        "computed_at_utc",
                        "2026-01-28T22:09:50.123456"));

        assertThat(world.dead).containsExactly("missing_field:plan_id");
        assertThat(world.streams).doesNotContainKey("calibrated");
    }

    @Test
    void withoutItsTimeAProposalGetsNoPlanIdSinceAllOfItsSymbolWouldShareIt() {
        run(shadow(), event(1, "symbol", "BTCUSDT", "action", "FULL_CLOSE", "kill_score", "0.35"));

        assertThat(world.dead).containsExactly("missing_field:plan_id");
        assertThat(world.streams).doesNotContainKey("calibrated");
    }

    @Test
    void theTraceIdIsTheSameWhenAnEntryIsReadAgain() {
        run(shadow(), event(7, "plan_id", "p", "symbol", "BTCUSDT", "action", "HOLD"));
        run(shadow(), event(7, "plan_id", "p", "symbol", "BTCUSDT", "action", "HOLD"));
        run(shadow(), event(8, "plan_id", "p", "symbol", "BTCUSDT", "action", "HOLD"));

        List<String> traces = world.streams.get("calibrated").stream()
                .map(entry -> entry.get("trace_id", ""))
                .toList();
        assertThat(traces.get(0)).isEqualTo(traces.get(1)).isNotEqualTo(traces.get(2));
    }

    @Test
    void deadLettersOfTheEngineCountAsFailedProcessing() {
        EventOperator enforce = operator(Map.of("P26_MODE", "enforce"));

        enforce.onDead(null, "not_utf8").forEach(world::record);
        enforce.onDead(event(1), "operator_failed").forEach(world::record);

        assertThat(world.meters)
                .containsEntry("p26_failures_total{reason=\"processing_error\"}", 2.0)
                .containsEntry("p26_hash_write_fail_total", 1.0);
    }

    @Test
    void theLagIsCountedInBucketsOfMilliseconds() {
        assertThat(PortfolioHeatGateSpec.SPEC.meters())
                .filteredOn(meter -> meter.name().equals("p26_stream_lag_ms"))
                .allSatisfy(meter -> assertThat(meter.buckets()).contains(1.0, 100.0, 10_000.0))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"HEAT_MIN, nan", "HEAT_MAX, inf", "HEAT_MIN, 0.9", "HEAT_MAX, -1", "P26_MODE, off"})
    void settingsThatCannotBeMeantAreRefused(String name, String text) {
        assertThatThrownBy(() -> operator(Map.of(name, text))).isInstanceOf(IllegalArgumentException.class);
    }

    private void equity(String usd) {
        world.hashes.put(STATE, Map.of("equity_usd", usd));
    }

    private void snapshot(long ageSeconds, String symbol, String notional, String sigma) {
        snapshots.add(Event.of(
                new EntryId(NOW - ageSeconds * 1000, snapshots.size()),
                Map.of("symbol", symbol, "position_notional_usd", notional, "sigma", sigma)));
    }

    private void run(EventOperator gate, String action, String... more) {
        List<String> fields = new ArrayList<>(List.of("plan_id", "3c625b759653ee60", "symbol", "BTCUSDT"));
        fields.addAll(List.of("action", action));
        fields.addAll(List.of(more));
        run(gate, event(1, fields.toArray(new String[0])));
    }

    private void run(EventOperator gate, Event event) {
        gate.onStart().forEach(world::record);
        world.run(gate, event, NOW);
    }

    private static Event event(long seq, String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Event.of(new EntryId(NOW, seq), fields);
    }

    private Map<String, String> last() {
        List<Event> entries = world.streams.get("calibrated");
        return entries.get(entries.size() - 1).fields();
    }

    private static EventOperator shadow() {
        return operator(Map.of());
    }

    private static EventOperator operator(Map<String, String> env) {
        Map<String, String> keys = Map.of("calibrated_hash", "quantum:harvest:calibrated:{symbol}");
        return (EventOperator)
                PortfolioHeatGateSpec.SPEC.factory().apply(EnvConfig.of(PortfolioHeatGateSpec.SPEC, env, keys));
    }
}
