package io.heatwire.operators.applyplanner;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.Found;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written, once, and in which order. */
class ApplyPlannerTest {

    private final PlannerBench bench = new PlannerBench();

    @Test
    void plansAndReportsADryRun() {
        bench.tick();
        assertThat(bench.only("plan").fields())
                .containsEntry("plan_id", PlannerBench.ID)
                .containsEntry("action", "FULL_CLOSE_PROPOSED")
                .containsEntry("kill_score", "0.35")
                .containsEntry("k_regime_flip", "0.0")
                .containsEntry("new_sl_proposed", "")
                .containsEntry("decision", "EXECUTE")
                .containsEntry("reason_codes", "")
                .containsEntry(
                        "steps",
                        "[{\"step\": \"CLOSE_FULL\", \"type\": \"market_reduce_only\", \"side\": \"close\", \"pct\": 100.0}]")
                .containsEntry("timestamp", "1769638200");
        assertThat(bench.only("result").fields())
                .containsEntry("executed", "False")
                .containsEntry("would_execute", "True")
                .containsEntry("error", "");
        assertThat(bench.only("result").get("steps_results"))
                .contains("\"status\": \"would_execute\"")
                .contains(
                        "DRY_RUN: {'step': 'CLOSE_FULL', 'type': 'market_reduce_only', 'side': 'close', 'pct': 100.0}");
        assertThat(bench.world.values)
                .containsEntry("quantum:apply:dedupe:" + PlannerBench.ID, "1769638200")
                .containsEntry("quantum:apply:stream_published:" + PlannerBench.ID, "1")
                .containsEntry("quantum:dedupe:p28:create_apply_plan:" + PlannerBench.ID, "1");
        assertThat(bench.world.ttlMs)
                .containsEntry("quantum:apply:dedupe:" + PlannerBench.ID, 21_600_000L)
                .containsEntry("quantum:apply:stream_published:" + PlannerBench.ID, 300_000L)
                .containsEntry("quantum:dedupe:p28:create_apply_plan:" + PlannerBench.ID, 600_000L);
        assertThat(bench.world.log)
                .contains(
                        "INFO BTCUSDT: Plan " + PlannerBench.ID + " published (decision=EXECUTE, steps=1)",
                        "INFO BTCUSDT: Result published (executed=False, error=None)");
    }

    @Test
    void writesTheObservedEventBeforeThePlanAndTheResult() {
        Outcome.Apply outcome = (Outcome.Apply) bench.tick();
        assertThat(outcome.groups().stream()
                        .map(group -> group.effects().get(0).output().port()))
                .containsExactly("observed", "plan", "result");
        assertThat(bench.only("observed").fields())
                .containsEntry("obs_point", "create_apply_plan")
                .containsEntry("heat_found", "0")
                .containsEntry("heat_reason", "missing")
                .containsEntry("apply_decision", "EXECUTE");
    }

    @Test
    void observesTheHeatThatIsAlreadyKnown() {
        bench.world.hashes.put(
                "quantum:harvest:heat:by_plan:" + PlannerBench.ID,
                Map.of("heat_level", "warm", "out_action", "PARTIAL_50_PROPOSED"));
        bench.tick();
        assertThat(bench.only("observed").fields())
                .containsEntry("heat_found", "1")
                .containsEntry("heat_level", "warm")
                .containsEntry("heat_out_action", "PARTIAL_50_PROPOSED");
    }

    @Test
    void plansEvenWhenTheHeatCannotBeRead() {
        bench.world.faults.put(
                "quantum:harvest:heat:by_plan:" + PlannerBench.ID,
                new Answer.Failed(Answer.Failure.REDIS_ERROR, "timed out"));
        bench.tick();
        assertThat(bench.only("observed").get("heat_reason")).isEqualTo("redis_error");
        assertThat(bench.only("plan").get("decision")).isEqualTo("EXECUTE");
    }

    @Test
    void observesNothingWhenToldNotTo() {
        bench.use(Map.of("P28_HEAT_OBS_ENABLED", ""), Map.of());
        bench.tick();
        assertThat(bench.world.streams).containsOnlyKeys("plan", "result");
        bench.planner().onStart().forEach(bench.world::record);
        assertThat(bench.world.log).contains("INFO P2.8A Heat Observer: False");
    }

    @Test
    void saysAtTheStartThatItObserves() {
        bench.planner().onStart().forEach(bench.world::record);
        assertThat(bench.world.log).containsExactly("INFO P2.8A Heat Observer: True");
    }

    @Test
    void actsOnAPlanOnlyOnceAndReportsEveryCycle() {
        bench.tick();
        bench.tick();
        assertThat(bench.world.streams.get("plan")).hasSize(1);
        assertThat(bench.world.streams.get("observed")).hasSize(1);
        assertThat(bench.decisions("result")).containsExactly("EXECUTE", "SKIP");
        assertThat(bench.world.meters).containsEntry("quantum_apply_dedupe_hits_total", 1.0);
    }

    @Test
    void publishesADecidedPlanAgainAsADuplicateWhenItsMarkerHasExpired() {
        bench.tick();
        bench.world.values.remove("quantum:apply:stream_published:" + PlannerBench.ID);
        bench.tick();
        assertThat(bench.decisions("plan")).containsExactly("EXECUTE", "SKIP");
        assertThat(bench.world.streams.get("plan").get(1).get("reason_codes")).isEqualTo("duplicate_plan");
    }

    @Test
    void writesNothingWhenAnotherPlannerClaimedThePlanSinceTheLookUp() {
        Event event = bench.world.event(Map.of("symbol", "BTCUSDT"));
        Outcome decidedBeforeTheOther = bench.planner()
                .decide(
                        event,
                        new Found(Map.of(
                                bench.planner().lookUps(event).get(0),
                                new Answer.Fields(bench.world.hashes.get(PlannerBench.PROPOSAL)))),
                        PlannerBench.NOW_MS);
        bench.world.values.put("quantum:apply:dedupe:" + PlannerBench.ID, "1769638199");
        bench.world.apply(decidedBeforeTheOther);
        assertThat(bench.world.streams).isEmpty();
        assertThat(bench.world.meters).containsOnlyKeys("quantum_apply_dedupe_hits_total");
    }

    @Test
    void countsAMarkerOfAnyType() {
        bench.world.faults.put(
                "quantum:apply:dedupe:" + PlannerBench.ID, new Answer.Failed(Answer.Failure.WRONG_TYPE, "a list"));
        bench.tick();
        assertThat(bench.only("plan").get("reason_codes")).isEqualTo("duplicate_plan");
    }

    @Test
    void keepsAPlanInErrorOpenSoThatItActsOnceItIsMended() {
        bench.propose("harvest_action", "UPDATE_SL");
        bench.tick();
        assertThat(bench.only("plan").get("reason_codes")).isEqualTo("missing_new_sl");
        assertThat(bench.world.values)
                .doesNotContainKey("quantum:apply:dedupe:" + bench.only("plan").get("plan_id"));
        bench.tick();
        assertThat(bench.decisions("result")).containsExactly("ERROR", "ERROR");
    }

    @Test
    void holdsAPlanOnce() {
        bench.propose("harvest_action", "HOLD");
        bench.tick();
        bench.tick();
        assertThat(bench.only("plan").get("reason_codes")).isEqualTo("action_hold");
        assertThat(bench.decisions("result")).containsExactly("SKIP", "SKIP");
        assertThat(bench.world.meters).containsEntry("quantum_apply_dedupe_hits_total", 1.0);
    }
}
