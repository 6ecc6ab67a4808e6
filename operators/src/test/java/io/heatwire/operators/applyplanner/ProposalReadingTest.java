package io.heatwire.operators.applyplanner;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.lookup.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which proposals are planned, and with which action. */
class ProposalReadingTest {

    private final PlannerBench bench = new PlannerBench();

    @Test
    void prefersTheCalibrationOfThisVeryProposal() {
        bench.world.hashes.put(
                PlannerBench.CALIBRATED, Map.of("action", "PARTIAL_25", "computed_at_utc", PlannerBench.AT));
        bench.tick();
        assertThat(bench.only("plan").get("action")).isEqualTo("PARTIAL_25");
        assertThat(bench.only("plan").get("plan_id")).isNotEqualTo(PlannerBench.ID);
        assertThat(bench.world.meters)
                .containsEntry("apply_planner_calibration_total{symbol=\"BTCUSDT\",result=\"used\"}", 1.0);
    }

    @Test
    void ignoresTheCalibrationOfAnotherProposal() {
        bench.world.hashes.put(
                PlannerBench.CALIBRATED, Map.of("action", "PARTIAL_25", "computed_at_utc", "2026-01-28T22:09:45"));
        bench.tick();
        assertThat(bench.only("plan").get("plan_id")).isEqualTo(PlannerBench.ID);
        assertThat(bench.world.meters)
                .containsEntry("apply_planner_calibration_total{symbol=\"BTCUSDT\",result=\"other_proposal\"}", 1.0);
    }

    @Test
    void ignoresACalibrationWhenNeitherSaysWhichProposalItIs() {
        bench.world.hashes.get(PlannerBench.PROPOSAL).remove("computed_at_utc");
        bench.world.hashes.put(PlannerBench.CALIBRATED, Map.of("action", "PARTIAL_25"));
        bench.tick();
        assertThat(bench.only("plan").get("action")).isEqualTo("FULL_CLOSE_PROPOSED");
    }

    @Test
    void plansTheOriginalWhenTheCalibrationCannotBeRead() {
        bench.world.faults.put(PlannerBench.CALIBRATED, new Answer.Failed(Answer.Failure.NOT_UTF8, "not UTF-8"));
        bench.tick();
        assertThat(bench.only("plan").get("plan_id")).isEqualTo(PlannerBench.ID);
        assertThat(bench.world.log).anyMatch(line -> line.startsWith("WARN BTCUSDT: Calibrated hash cannot be used"));
    }

    @ParameterizedTest
    @CsvSource({
        "kill_score, nan, invalid_kill_score",
        "kill_score, inf, invalid_kill_score",
        "kill_score, -1e400, invalid_kill_score",
        "kill_score, abc, invalid_kill_score",
        "kill_score, ' ', missing_kill_score",
        "last_update_epoch, nan, invalid_last_update_epoch",
        "last_update_epoch, '', missing_last_update_epoch"
    })
    void skipsAProposalItCannotJudgeAndMarksNothing(String field, String value, String reason) {
        bench.propose(field, value);
        bench.tick();
        assertWroteNothing(reason);
        assertThat(bench.world.log).singleElement().asString().startsWith("WARN BTCUSDT: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"harvest_action", "kill_score", "last_update_epoch"})
    void skipsAProposalWithoutARequiredField(String field) {
        bench.world.hashes.get(PlannerBench.PROPOSAL).remove(field);
        bench.tick();
        assertWroteNothing("missing_" + field);
    }

    @Test
    void skipsASymbolWithoutAProposalQuietly() {
        bench.world.hashes.clear();
        bench.tick();
        assertWroteNothing("no_proposal");
        assertThat(bench.world.log).containsExactly("DEBUG BTCUSDT: No proposal available");
    }

    @ParameterizedTest
    @CsvSource({"NOT_UTF8, unreadable_proposal", "WRONG_TYPE, unreadable_proposal", "REDIS_ERROR, redis_error"})
    void skipsAProposalItCannotRead(Answer.Failure failure, String reason) {
        bench.world.faults.put(PlannerBench.PROPOSAL, new Answer.Failed(failure, "why"));
        bench.tick();
        assertWroteNothing(reason);
        assertThat(bench.world.log).containsExactly("WARN BTCUSDT: Error reading harvest proposal: why");
    }

    @Test
    void takesNumbersThatAreNotFiniteForNone() {
        bench.propose("R_net", "inf");
        bench.propose("k_sigma_spike", "nan");
        bench.tick();
        assertThat(bench.only("plan").fields()).containsEntry("R_net", "None").containsEntry("k_sigma_spike", "0.0");
    }

    private void assertWroteNothing(String reason) {
        assertThat(bench.world.streams).isEmpty();
        assertThat(bench.world.values).isEmpty();
        assertThat(bench.world.meters)
                .containsExactlyEntriesOf(
                        Map.of("apply_planner_skipped_total{symbol=\"BTCUSDT\",reason=\"" + reason + "\"}", 1.0));
    }
}
