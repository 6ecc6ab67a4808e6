package io.heatwire.operators.applyplanner;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.lookup.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may execute and what it would do. */
class PlanGatesTest {

    private final PlannerBench bench = new PlannerBench();

    @ParameterizedTest
    @CsvSource({
        "FULL_CLOSE, CLOSE_FULL, 100.0",
        "FULL_CLOSE_PROPOSED, CLOSE_FULL, 100.0",
        "PARTIAL_75, CLOSE_PARTIAL_75, 75.0",
        "PARTIAL_75_PROPOSED, CLOSE_PARTIAL_75, 75.0",
        "PARTIAL_50_PROPOSED, CLOSE_PARTIAL_50, 50.0",
        "PARTIAL_25, CLOSE_PARTIAL_25, 25.0",
        "PARTIAL_25_PROPOSED, CLOSE_PARTIAL_25, 25.0"
    })
    void closesWithEverySpellingAndInTheWarningBandToo(String action, String step, String percent) {
        bench.propose("harvest_action", action);
        bench.propose("kill_score", "0.7");
        bench.tick();
        assertThat(bench.only("plan").get("action")).isEqualTo(action);
        assertThat(bench.only("plan").get("reason_codes")).isEqualTo("kill_score_warning_close_ok");
        assertThat(bench.only("plan").get("steps")).contains("\"" + step + "\"").contains("\"pct\": " + percent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "partial_50", "HOLD_CLOSE_SHADOW", "PARTIAL_60", ""})
    void refusesActionsItDoesNotKnow(String action) {
        bench.propose("harvest_action", action);
        bench.tick();
        assertThat(bench.only("plan").get("decision")).isEqualTo("ERROR");
        assertThat(bench.only("plan").get("reason_codes")).isEqualTo("unknown_action_" + action);
    }

    @Test
    void movesTheStop() {
        bench.propose("harvest_action", "UPDATE_SL");
        bench.propose("new_sl_proposed", "43250.10");
        bench.tick();
        assertThat(bench.only("plan").get("steps"))
                .isEqualTo("[{\"step\": \"UPDATE_SL\", \"type\": \"stop_loss_order\", \"price\": 43250.1}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nan", "inf", "-Infinity", "0", "-0.0", "abc"})
    void neverMovesTheStopToAPriceThatIsNone(String price) {
        bench.propose("harvest_action", "UPDATE_SL");
        bench.propose("new_sl_proposed", price);
        bench.tick();
        assertThat(bench.only("plan").fields())
                .containsEntry("reason_codes", "missing_new_sl")
                .containsEntry("new_sl_proposed", "");
    }

    @ParameterizedTest
    @CsvSource({
        "0.5999999, EXECUTE, ''",
        "0.6, EXECUTE, kill_score_warning_close_ok",
        "0.7999, EXECUTE, kill_score_warning_close_ok",
        "0.8, BLOCKED, kill_score_critical"
    })
    void blocksFromTheThresholdOn(String score, String decision, String reason) {
        bench.propose("kill_score", score);
        bench.tick();
        assertThat(bench.only("plan").fields())
                .containsEntry("decision", decision)
                .containsEntry("reason_codes", reason);
    }

    @Test
    void blocksWhatIsNoCloseInTheWarningBand() {
        bench.propose("harvest_action", "UPDATE_SL");
        bench.propose("new_sl_proposed", "100");
        bench.propose("kill_score", "0.6");
        bench.tick();
        assertThat(bench.only("plan").get("reason_codes")).isEqualTo("kill_score_warning_risk_increase");
    }

    @ParameterizedTest
    @CsvSource({
        "FULL_CLOSE, 0.64, EXECUTE, kill_score_close_ok",
        "FULL_CLOSE, 0.65, BLOCKED, kill_score_close_blocked",
        "UPDATE_SL, 0.84, EXECUTE, kill_score_open_ok",
        "UPDATE_SL, 0.85, EXECUTE, kill_score_open_scaled",
        "UPDATE_SL, 0.95, BLOCKED, kill_score_open_critical"
    })
    void goesByThresholdsOfTheirOwnWhenTold(String action, String score, String decision, String reason) {
        bench.use(Map.of("K_BLOCK_CRITICAL", "0.99"), Map.of("warning_band", "thresholds"));
        bench.propose("harvest_action", action);
        bench.propose("new_sl_proposed", "100");
        bench.propose("kill_score", score);
        bench.tick();
        assertThat(bench.only("plan").fields())
                .containsEntry("decision", decision)
                .containsEntry("reason_codes", reason);
    }

    @ParameterizedTest
    @CsvSource({
        "quantum:kill, 1",
        "quantum:kill, TRUE",
        "quantum:global:kill_switch, yes",
        "quantum:global:kill_switch, ' On '"
    })
    void blocksEverythingWhileAKillKeyIsOn(String key, String word) {
        bench.use(Map.of("APPLY_ALLOWLIST", "OTHER"), Map.of());
        bench.world.values.put(key, word);
        bench.tick();
        assertThat(bench.only("plan").fields())
                .containsEntry("decision", "BLOCKED")
                .containsEntry("reason_codes", "kill_switch_active");
        assertThat(bench.world.values).doesNotContainKey("quantum:apply:dedupe:" + PlannerBench.ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "false", "off", "no", "", "2"})
    void goesAheadWhileTheKillKeysAreOff(String word) {
        bench.world.values.put("quantum:kill", word);
        bench.tick();
        assertThat(bench.only("plan").get("decision")).isEqualTo("EXECUTE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"quantum:kill", "quantum:global:kill_switch"})
    void blocksEverythingWhileAKillKeyCannotBeRead(String key) {
        bench.world.faults.put(key, new Answer.Failed(Answer.Failure.WRONG_TYPE, "a hash"));
        bench.tick();
        assertThat(bench.only("plan").fields())
                .containsEntry("decision", "BLOCKED")
                .containsEntry("reason_codes", "kill_switch_unreadable");
    }

    @Test
    void blocksEverythingWhileItsSettingIsOn() {
        bench.use(Map.of("APPLY_KILL_SWITCH", "1"), Map.of());
        bench.tick();
        assertThat(bench.only("plan").get("reason_codes")).isEqualTo("kill_switch_active");
    }

    @Test
    void skipsSymbolsThatMayNotExecute() {
        bench.use(Map.of("APPLY_ALLOWLIST", ""), Map.of());
        bench.tick();
        assertThat(bench.only("plan").fields())
                .containsEntry("decision", "SKIP")
                .containsEntry("reason_codes", "not_in_allowlist");
    }

    @Test
    void findsSymbolsWithBlanksInTheList() {
        bench.use(Map.of("APPLY_ALLOWLIST", " ETHUSDT , BTCUSDT "), Map.of());
        bench.tick();
        assertThat(bench.only("plan").get("decision")).isEqualTo("EXECUTE");
    }
}
