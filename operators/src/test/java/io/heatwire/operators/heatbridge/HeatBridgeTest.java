package io.heatwire.operators.heatbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.operators.world.StageWorld;
import io.heatwire.operators.world.VectorSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeatBridgeTest {

    private static final long NOW_MS = 1_769_638_200_750L;
    private static final String NOW = "1769638200";
    private static final VectorSettings SETTINGS = new VectorSettings(
            HeatBridgeSpec.SPEC,
            Map.of(
                    "by_plan", "plan:{plan_id}",
                    "latest", "latest:{symbol}",
                    "latest_plan_id", "pointer:{symbol}",
                    "dedupe", "done:{plan_id}"));

    private final StageWorld stage = new StageWorld(HeatBridgeSpec.SPEC, new HeatBridge(SETTINGS.config(Map.of())));

    @Test
    void writesAllKeysOfADecision() {
        stage.take(decision("p1", NOW), NOW_MS);

        assertThat(stage.world.hashes.get("plan:p1"))
                .hasSize(13)
                .containsEntry("inputs_age_sec", "10")
                .containsEntry("mode", "")
                .containsEntry("debug_json", "{}");
        assertThat(stage.world.hashes.get("latest:BTCUSDT")).hasSize(14).containsEntry("last_plan_id", "p1");
        assertThat(stage.world.values).containsEntry("pointer:BTCUSDT", "p1").containsEntry("done:p1", "1");
        assertThat(stage.world.ttlMs)
                .containsEntry("plan:p1", 1_800_000L)
                .containsEntry("latest:BTCUSDT", 1_800_000L)
                .containsEntry("pointer:BTCUSDT", 1_800_000L)
                .containsEntry("done:p1", 120_000L);
        assertThat(stage.world.meters).containsEntry("p27_lag_ms", 750.0);
        assertThat(stage.world.log).containsExactly("INFO BTCUSDT/p1: written lookup keys (heat_action=NONE)");
    }

    @Test
    void countsEveryEntryAsWrittenSkippedOrDead() {
        stage.take(decision("p1", NOW), NOW_MS);
        stage.take(decision("p1", NOW), NOW_MS);
        stage.take(decision("", NOW), NOW_MS);
        stage.takeUndecodable();

        assertThat(stage.world.dead).containsExactly("missing_field:plan_id", "not_utf8");
        assertThat(stage.world.meters)
                .containsEntry("p27_in_messages_total", 4.0)
                .containsEntry("p27_written_total{kind=\"by_plan\"}", 1.0)
                .containsEntry("p27_dedupe_skips_total", 1.0);
    }

    @Test
    void neverGoesBackToAnOlderDecisionOfTheSymbol() {
        stage.take(decision("new", "1769638190"), NOW_MS);
        stage.take(decision("old", "1769638189"), NOW_MS);

        assertThat(stage.world.hashes).containsKey("plan:old");
        assertThat(stage.world.hashes.get("latest:BTCUSDT")).containsEntry("last_plan_id", "new");
        assertThat(stage.world.values).containsEntry("pointer:BTCUSDT", "new");
    }

    @Test
    void takesTheLaterOfTwoDecisionsOfTheSameSecond() {
        stage.take(decision("first", NOW), NOW_MS);
        stage.take(decision("second", NOW), NOW_MS);

        assertThat(stage.world.values).containsEntry("pointer:BTCUSDT", "second");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "abc", "nan", "inf", "0x7fffffffffff", "99999999999999999999", "1769638200000", "1769638261"
            })
    void letsNoTimeThatIsNoneOrInTheFutureLockOutLaterDecisions(String ts) {
        stage.take(decision("before", "1769638190"), NOW_MS);
        stage.take(decision("odd", ts), NOW_MS);

        assertThat(stage.world.values).containsEntry("pointer:BTCUSDT", "odd");
        assertThat(stage.world.hashes.get("plan:odd")).containsEntry("ts_epoch", ts);
        assertThat(stage.world.hashes.get("latest:BTCUSDT")).containsEntry("ts_epoch", "");

        stage.take(decision("after", NOW), NOW_MS);

        assertThat(stage.world.values).containsEntry("pointer:BTCUSDT", "after");
    }

    @Test
    void ordersADecisionWithoutATimeByItsEntry() {
        stage.take(decision("newer", NOW), NOW_MS);
        stage.take(decision("left_over", "abc"), NOW_MS - 60_000, NOW_MS);

        assertThat(stage.world.values).containsEntry("pointer:BTCUSDT", "newer");
    }

    @ParameterizedTest
    @CsvSource({"1769638260, 0", "1769638201, 0", "-5, 1769638205750"})
    void tellsTheLagOfEveryTimeItCanRead(String ts, double lagMs) {
        stage.take(decision("p1", ts), NOW_MS);

        assertThat(stage.world.meters)
                .containsEntry("p27_lag_ms", lagMs)
                .containsEntry("p27_last_ts_epoch", Double.valueOf(ts));
    }

    @Test
    void tellsNoLagOfATimeItCannotRead() {
        stage.take(decision("p1", "1e9"), NOW_MS);

        assertThat(stage.world.meters).doesNotContainKeys("p27_lag_ms", "p27_last_ts_epoch");
    }

    @Test
    void leavesNoMarkerBehindWhenAKeyHoldsSomethingElse() {
        stage.world.values.put("plan:p1", "somebody's string");

        stage.take(decision("p1", NOW), NOW_MS);

        assertThat(stage.world.dead).containsExactly("wrong_type");
        assertThat(stage.world.values).doesNotContainKey("done:p1");
        assertThat(stage.world.hashes).isEmpty();

        stage.world.values.remove("plan:p1");
        stage.take(decision("p1", NOW), NOW_MS);

        assertThat(stage.world.hashes).containsKey("plan:p1");
    }

    @ParameterizedTest
    @CsvSource({"P27_TTL_PLAN_SEC, 0", "P27_TTL_SYMBOL_SEC, -1", "P27_DEDUPE_TTL_SEC, 0", "P27_TTL_PLAN_SEC, 1.5"})
    void refusesATimeToLiveThatIsNotPositive(String env, String text) {
        assertThatThrownBy(() -> SETTINGS.config(Map.of(env, text))).isInstanceOf(IllegalArgumentException.class);
    }

    private static Map<String, String> decision(String planId, String ts) {
        Map<String, String> decision = new LinkedHashMap<>();
        decision.put("ts_epoch", ts);
        decision.put("symbol", "BTCUSDT");
        decision.put("plan_id", planId);
        decision.put("inputs_age_sec", "10");
        return decision;
    }
}
