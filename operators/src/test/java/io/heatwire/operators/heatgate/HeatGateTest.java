package io.heatwire.operators.heatgate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.world.StageWorld;
import io.heatwire.operators.world.VectorSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeatGateTest {

    private static final long NOW_MS = 1_769_638_200_400L;
    private static final VectorSettings SETTINGS =
            new VectorSettings(HeatGateSpec.SPEC, Map.of("state", "portfolio", "shadow", "heat:{symbol}"));

    @ParameterizedTest
    @CsvSource({
        "0.2, cold, FULL_CLOSE_PROPOSED, NONE, ''",
        "0.5, warm, PARTIAL_50_PROPOSED, DOWNGRADE_FULL_TO_PARTIAL, 0.5",
        "0.8, hot, PARTIAL_25_PROPOSED, DOWNGRADE_FULL_TO_PARTIAL, 0.25"
    })
    void moderatesAFullCloseAsDocumented(double heat, String level, String action, String heatAction, String part) {
        StageWorld stage = stage(Map.of());
        portfolio(stage, heat);

        stage.take(plan("plan_id", "p1"), NOW_MS);

        Map<String, String> decision = decision(stage);
        assertThat(decision).containsEntry("ts_epoch", "1769638200").containsEntry("plan_id", "p1");
        assertThat(decision).containsEntry("heat_level", level).containsEntry("out_action", action);
        assertThat(decision).containsEntry("heat_action", heatAction).containsEntry("recommended_partial", part);
        assertThat(decision).containsEntry("inputs_age_sec", "10").containsEntry("reason", "ok");
        assertThat(stage.world.hashes.get("heat:BTCUSDT"))
                .containsEntry("last_plan_id", "p1")
                .containsEntry("heat_level", level)
                .hasSize(9);
        assertThat(stage.world.ttlMs).containsEntry("heat:BTCUSDT", 600_000L);
    }

    @Test
    void leavesEveryOtherActionAlone() {
        StageWorld stage = stage(Map.of());
        portfolio(stage, 1.0);

        stage.take(plan("plan_id", "p1", "action", "PARTIAL_75"), NOW_MS);

        assertThat(decision(stage)).containsEntry("heat_level", "hot").containsEntry("out_action", "PARTIAL_75");
    }

    @Test
    void decidesTheLevelOnTheScoreItPublishes() {
        StageWorld stage =
                stage(Map.of("W_DD", "0", "W_BURST", "0", "W_FEE", "0", "W_CHURN", "0", "GROSS_TARGET_USD", "5000"));
        portfolio(stage, 0.5).put("gross_exposure_usd", "2249.999");

        stage.take(plan("plan_id", "p1"), NOW_MS);

        assertThat(decision(stage)).containsEntry("heat_score", "0.45").containsEntry("heat_level", "warm");
    }

    @Test
    void namesThePartialAfterTheConfiguredPart() {
        StageWorld stage = stage(Map.of("WARM_PARTIAL", "0.4"));
        portfolio(stage, 0.5);

        stage.take(plan("plan_id", "p1"), NOW_MS);

        assertThat(decision(stage))
                .containsEntry("out_action", "PARTIAL_40_PROPOSED")
                .containsEntry("recommended_partial", "0.4");
    }

    @ParameterizedTest
    @CsvSource({
        "0.29, HOLD_CLOSE",
        "0.30, DOWNGRADE_FULL_TO_PARTIAL",
        "nan, DOWNGRADE_FULL_TO_PARTIAL",
        "-inf, DOWNGRADE_FULL_TO_PARTIAL",
        "'', DOWNGRADE_FULL_TO_PARTIAL"
    })
    void holdsAHotCloseOnlyForALowFiniteKillScore(String killScore, String heatAction) {
        StageWorld stage = stage(Map.of("ENABLE_HOLD_CLOSE", "true"));
        portfolio(stage, 0.8);

        stage.take(plan("plan_id", "p1", "kill_score", killScore), NOW_MS);

        assertThat(decision(stage)).containsEntry("heat_action", heatAction);
    }

    @Test
    void passesThePlanWhenNobodyKnowsTheHeat() {
        StageWorld stage = stage(Map.of());

        stage.take(plan("plan_id", "p1"), NOW_MS);

        assertThat(decision(stage))
                .containsEntry("out_action", "FULL_CLOSE_PROPOSED")
                .containsEntry("heat_level", "unknown")
                .containsEntry("reason", "missing_inputs")
                .containsEntry("debug_json", "{}");
        assertThat(stage.world.log)
                .containsExactly("WARN BTCUSDT: FAIL-OPEN (missing_inputs) → out=FULL_CLOSE_PROPOSED");
    }

    @ParameterizedTest
    @CsvSource({
        "FULL_CLOSE_PROPOSED, NOOP, FAIL-CLOSED(missing_inputs)",
        "FULL_CLOSE, NOOP, FAIL-CLOSED(missing_inputs)",
        "PARTIAL_50, PARTIAL_50, FAIL-OPEN(missing_inputs)",
        "UPDATE_SL, UPDATE_SL, FAIL-OPEN(missing_inputs)"
    })
    void holdsBackOnlyFullClosesWhenFailingClosed(String action, String out, String reason) {
        StageWorld stage = stage(Map.of("HEAT_FAIL_MODE", "CLOSED"));

        stage.take(plan("plan_id", "p1", "action", action), NOW_MS);

        assertThat(decision(stage)).containsEntry("out_action", out).containsEntry("reason", reason);
        assertThat(stage.world.meters).containsEntry("p26_failopen_total{reason=\"" + reason + "\"}", 1.0);
    }

    @Test
    void namesTheInputsThatAreAbsent() {
        StageWorld stage = stage(Map.of());
        portfolio(stage, 0.8).keySet().removeAll(List.of("dd_ewma_usd", "churn_ewma"));

        stage.take(plan("plan_id", "p1"), NOW_MS);

        assertThat(decision(stage))
                .containsEntry("reason", "missing_inputs")
                .containsEntry("debug_json", "{\"missing\": [\"dd_ewma_usd\", \"churn_ewma\"]}");
        assertThat(stage.world.meters).containsEntry("heat_gate_absent_inputs_total{input=\"churn_ewma\"}", 1.0);
    }

    @Test
    void needsNoInputThatHasNoSay() {
        StageWorld stage = stage(Map.of("W_DD", "0", "CHURN_TARGET", "0"));
        portfolio(stage, 0.8).keySet().removeAll(List.of("dd_ewma_usd", "churn_ewma"));

        stage.take(plan("plan_id", "p1"), NOW_MS);

        assertThat(decision(stage)).containsEntry("reason", "ok").containsEntry("heat_level", "warm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "inf", "-inf", "1e400", "", "abc"})
    void takesNothingForHeatThatIsNoFiniteNumber(String value) {
        StageWorld stage = stage(Map.of());
        portfolio(stage, 0.2).put("fee_burden_ewma_usd", value);

        stage.take(plan("plan_id", "p1"), NOW_MS);

        assertThat(decision(stage))
                .containsEntry("reason", "invalid_inputs")
                .containsEntry("debug_json", "{\"invalid\": [\"fee_burden_ewma_usd\"]}");
    }

    @ParameterizedTest
    @CsvSource({
        "1769637600, ok, 600",
        "1769637599, stale_inputs, 601",
        "1769638201, stale_inputs, -1",
        "-9223372036854775808, invalid_ts, ''",
        "9223372036854775807, invalid_ts, ''",
        "1769638190.0, invalid_ts, ''"
    })
    void judgesTheAgeOfTheState(String ts, String reason, String age) {
        StageWorld stage = stage(Map.of());
        portfolio(stage, 0.2).put("ts_epoch", ts);

        stage.take(plan("plan_id", "p1"), NOW_MS);

        assertThat(decision(stage)).containsEntry("reason", reason).containsEntry("inputs_age_sec", age);
    }

    @Test
    void treatsAStateItCannotReadAsMissing() {
        StageWorld stage = stage(Map.of());
        stage.world.faults.put("portfolio", new Answer.Failed(Answer.Failure.WRONG_TYPE, "holds a string"));

        stage.take(plan("plan_id", "p1"), NOW_MS);

        assertThat(decision(stage)).containsEntry("reason", "missing_inputs");
        assertThat(stage.world.log).first().asString().contains("Failed to read portfolio state: WRONG_TYPE");
    }

    @Test
    void computesTheIdOfAProposalThatHasNone() {
        StageWorld stage = stage(Map.of());
        portfolio(stage, 0.2);
        Map<String, String> proposal = plan("kill_score", "0.35", "computed_at_utc", "2026-01-28T22:09:50.123456");
        proposal.put("harvest_action", proposal.remove("action"));
        proposal.put("new_sl_proposed", "None");

        stage.take(proposal, NOW_MS);

        assertThat(decision(stage))
                .containsEntry("plan_id", "6770d48102f2bcb1")
                .containsEntry("in_action", "FULL_CLOSE_PROPOSED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kill_score", "computed_at_utc"})
    void refusesAPlanWithoutIdAndWithoutThePartsOfOne(String part) {
        StageWorld stage = stage(Map.of());
        Map<String, String> proposal = plan("kill_score", "0.35", "computed_at_utc", "2026-01-28T22:09:50");
        proposal.put("new_sl_proposed", "43250.1");
        proposal.remove(part);

        stage.take(proposal, NOW_MS);

        assertThat(stage.world.dead).containsExactly("missing_field:plan_id");
        assertThat(stage.world.streams).isEmpty();
        assertThat(stage.world.meters).containsEntry("p26_in_messages_total{action=\"FULL_CLOSE_PROPOSED\"}", 1.0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"symbol", "action"})
    void refusesAPlanWithoutARequiredField(String field) {
        StageWorld stage = stage(Map.of());
        Map<String, String> proposal = plan("plan_id", "p1");
        proposal.put(field, "");

        stage.take(proposal, NOW_MS);
        stage.takeUndecodable();

        assertThat(stage.world.dead).containsExactly("missing_field:" + field, "not_utf8");
        assertThat(stage.world.streams).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.123456789, 0.99999, 1e-9})
    void writesDebugJsonThatIsValidAndShort(double heat) {
        StageWorld stage = stage(Map.of("T_WARM", "0.3333333333333333", "T_HOT", "0.6666666666666666"));
        portfolio(stage, heat);

        stage.take(plan("plan_id", "p1"), NOW_MS);

        String debug = decision(stage).get("debug_json");
        assertThat(debug).hasSizeLessThanOrEqualTo(400);
        assertThat(JsonParser.parseString(debug).getAsJsonObject().keySet())
                .containsExactly("components", "thresholds");
    }

    @ParameterizedTest
    @CsvSource({
        "T_WARM, 0.8, above t_hot",
        "T_WARM, nan, not a number",
        "T_HOT, 1e400, finite",
        "W_EXP, -1, out of range",
        "STALE_SEC, -1, out of range",
        "WARM_PARTIAL, 0, out of range",
        "HOT_PARTIAL, 50, out of range",
        "HEAT_FAIL_MODE, ajar, not one of"
    })
    void refusesSettingsThatMakeNoSense(String env, String text, String words) {
        assertThatThrownBy(() -> SETTINGS.config(Map.of(env, text))).hasMessageContaining(words);
    }

    @Test
    void refusesWeightsThatLeaveNothingToMeasure() {
        assertThatThrownBy(() -> SETTINGS.config(
                        Map.of("W_EXP", "0", "W_DD", "0", "W_BURST", "0", "FEE_TARGET_USD", "0", "W_CHURN", "0")))
                .hasMessageContaining("always be 0.0");
    }

    @Test
    void declaresEveryReasonItCanGive() {
        MeterSpec unknown = HeatGateMeters.UNKNOWN;
        assertThat(unknown.labels().get(0).values())
                .hasSize(3 * HeatFailure.values().length)
                .contains("missing_inputs", "FAIL-CLOSED(stale_inputs)", "FAIL-OPEN(invalid_ts)");
    }

    private static StageWorld stage(Map<String, String> env) {
        return new StageWorld(HeatGateSpec.SPEC, new HeatGate(SETTINGS.config(env)));
    }

    /** A state, 10 s old, with every component at this value. */
    private static Map<String, String> portfolio(StageWorld stage, double heat) {
        Map<String, String> state = new TreeMap<>();
        state.put("ts_epoch", "1769638190");
        state.put("gross_exposure_usd", Double.toString(heat * 5000));
        state.put("dd_ewma_usd", Double.toString(heat * 250));
        state.put("lossburst_ewma_usd", Double.toString(heat * 250));
        state.put("fee_burden_ewma_usd", Double.toString(heat * 50));
        state.put("churn_ewma", Double.toString(heat));
        stage.world.hashes.put("portfolio", state);
        return state;
    }

    private static Map<String, String> plan(String... more) {
        Map<String, String> plan = new LinkedHashMap<>();
        plan.put("symbol", "BTCUSDT");
        plan.put("action", "FULL_CLOSE_PROPOSED");
        for (int i = 0; i < more.length; i += 2) {
            plan.put(more[i], more[i + 1]);
        }
        return plan;
    }

    private static Map<String, String> decision(StageWorld stage) {
        return stage.world.streams.get("decision").get(0).fields();
    }
}
