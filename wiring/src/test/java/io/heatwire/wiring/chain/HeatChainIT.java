package io.heatwire.wiring.chain;

import static io.heatwire.wiring.chain.LiveChain.BY_PLAN;
import static io.heatwire.wiring.chain.LiveChain.CALIBRATED;
import static io.heatwire.wiring.chain.LiveChain.DECISION;
import static io.heatwire.wiring.chain.LiveChain.OBSERVED;
import static io.heatwire.wiring.chain.LiveChain.PLAN;
import static io.heatwire.wiring.chain.LiveChain.PROPOSAL;
import static io.heatwire.wiring.chain.LiveChain.RECONCILE;
import static io.heatwire.wiring.chain.LiveChain.RESULT;
import static io.heatwire.wiring.chain.LiveChain.SNAPSHOT;
import static io.heatwire.wiring.chain.LiveChain.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole shipped chain, from a proposal to the last observation, as the contract says it looks in Redis. */
class HeatChainIT extends HeatChainOnRedis {

    private static final Map<String, String> THREE_SYMBOLS =
            Map.of("SYMBOLS", "BTCUSDT,ETHUSDT,SOLUSDT", "APPLY_ALLOWLIST", "BTCUSDT,ETHUSDT", "APPLY_POLL_SEC", "1");

    @Test
    void carriesEveryProposalToItsObservationsWithTheFieldsOfTheContractInOrder() {
        propose("BTCUSDT", "FULL_CLOSE_PROPOSED", AT);
        propose("ETHUSDT", "PARTIAL_50", AT);
        propose("SOLUSDT", "FULL_CLOSE_PROPOSED", AT);
        String btc = planId("BTCUSDT", "FULL_CLOSE_PROPOSED");
        String eth = planId("ETHUSDT", "PARTIAL_50");
        String sol = planId("SOLUSDT", "FULL_CLOSE_PROPOSED");
        try (LiveChain chain = LiveChain.start(redis, THREE_SYMBOLS)) {
            until(() -> redis.number("XLEN", OBSERVED) == 6);
            redis.add(
                    RECONCILE, "plan_id", btc, "symbol", "BTCUSDT", "decision", "RECONCILE_CLOSE", "qty", "no number");
            until(() -> redis.number("XLEN", OBSERVED) == 7);
            chain.finish();
        }

        assertThat(redis.entries(PLAN))
                .extracting(plan -> plan.get("plan_id"), plan -> plan.get("decision"), plan -> plan.get("reason_codes"))
                .containsExactly(
                        tuple(btc, "EXECUTE", ""), tuple(eth, "EXECUTE", ""), tuple(sol, "SKIP", "not_in_allowlist"));
        assertThat(redis.entries(PLAN)).allSatisfy(ContractFields::hasTheFieldsOfAPlan);
        assertThat(redis.entries(RESULT)).allSatisfy(ContractFields::hasTheFieldsOfAResult);
        assertThat(redis.entries(DECISION)).hasSize(3).allSatisfy(ContractFields::hasTheFieldsOfADecision);
        assertThat(redis.entries(OBSERVED)).allSatisfy(ContractFields::hasTheFieldsOfAnObservation);

        assertThat(outActions())
                .isEqualTo(Map.of(btc, "PARTIAL_25_PROPOSED", eth, "PARTIAL_50", sol, "PARTIAL_25_PROPOSED"));
        for (String plan : List.of(btc, eth, sol)) {
            isLookedUpByPlan(plan);
            assertThat(observations(plan, "create_apply_plan")).containsExactly("0 missing");
            assertThat(observations(plan, "publish_plan_post")).containsExactly("1 ok");
        }
        assertThat(observations(btc, "reconcile_close_consume")).containsExactly("1 ok");
        isTheLatest("BTCUSDT", btc);
        isTheLatest("ETHUSDT", eth);
        isTheLatest("SOLUSDT", sol);
    }

    private static void isLookedUpByPlan(String plan) {
        assertThat(redis.hash(BY_PLAN + plan))
                .containsOnlyKeys(
                        "ts_epoch",
                        "symbol",
                        "plan_id",
                        "in_action",
                        "out_action",
                        "heat_level",
                        "heat_score",
                        "heat_action",
                        "recommended_partial",
                        "reason",
                        "inputs_age_sec",
                        "mode",
                        "debug_json")
                .containsEntry("plan_id", plan)
                .containsEntry("heat_level", "hot")
                .containsEntry("heat_score", "0.8")
                .containsEntry("reason", "ok");
        assertThat(redis.number("PTTL", BY_PLAN + plan)).isBetween(1_770_000L, 1_800_000L);
        assertThat(redis.number("PTTL", "quantum:dedupe:p27:" + plan)).isBetween(90_000L, 120_000L);
        assertThat(redis.number("PTTL", "quantum:dedupe:p28:publish_plan_post:" + plan))
                .isBetween(570_000L, 600_000L);
        assertThat(redis.number("PTTL", "quantum:apply:stream_published:" + plan))
                .isBetween(270_000L, 300_000L);
    }

    private static void isTheLatest(String symbol, String plan) {
        assertThat(redis.hash("quantum:harvest:heat:latest:" + symbol))
                .hasSize(14)
                .containsEntry("last_plan_id", plan)
                .containsEntry("plan_id", plan);
        assertThat(redis.command("GET", "quantum:harvest:heat:latest_plan_id:" + symbol))
                .isEqualTo(plan);
        assertThat(redis.hash("quantum:harvest:heat:" + symbol)).containsEntry("last_plan_id", plan);
    }

    @Test
    void answersTheCommandsThatOperatorsType() {
        propose("BTCUSDT", "FULL_CLOSE_PROPOSED", AT);
        try (LiveChain chain = LiveChain.start(redis, Map.of("SYMBOLS", "BTCUSDT"))) {
            until(() -> redis.number("XLEN", OBSERVED) == 2);
            chain.finish();
        }
        String plan = planId("BTCUSDT", "FULL_CLOSE_PROPOSED");
        List<String> planLines = RawLines.newest(redis, PLAN, 1);
        assertThat(RawLines.awk("NR==3", planLines)).containsExactly(plan);
        assertThat(RawLines.awk("tolower($0)==\"plan_id\"{getline; print; exit}", planLines))
                .containsExactly(plan);
        assertThat(RawLines.awk(
                        "tolower($0)==\"obs_point\"{getline; op=$0} tolower($0)==\"heat_found\"{getline; hf=$0; c[op,hf]++} "
                                + "END{for (k in c) {split(k, p, SUBSEP); print p[1], p[2], c[k]}}",
                        RawLines.newest(redis, OBSERVED, 600)))
                .containsExactlyInAnyOrder("create_apply_plan 0 1", "publish_plan_post 1 1");
    }

    @Test
    void plansNothingToExecuteWhileTheKillSwitchIsPulled() {
        redis.command("SET", "quantum:global:kill_switch", "yes");
        propose("BTCUSDT", "FULL_CLOSE_PROPOSED", AT);
        String plan = planId("BTCUSDT", "FULL_CLOSE_PROPOSED");
        try (LiveChain chain = LiveChain.start(redis, Map.of("SYMBOLS", "BTCUSDT", "APPLY_POLL_SEC", "1"))) {
            until(() -> redis.number("XLEN", OBSERVED) == 2);
            assertThat(redis.entries(PLAN))
                    .singleElement()
                    .satisfies(blocked -> assertThat(blocked)
                            .containsEntry("decision", "BLOCKED")
                            .containsEntry("reason_codes", "kill_switch_active")
                            .containsEntry("steps", "[]"));
            assertThat(redis.entries(RESULT))
                    .allSatisfy(result -> assertThat(result).containsEntry("would_execute", "False"));
            assertThat(redis.number("EXISTS", "quantum:apply:dedupe:" + plan)).isZero();
            assertThat(redis.hash(BY_PLAN + plan))
                    .as("a blocked plan gets its heat, too")
                    .isNotEmpty();

            redis.command("DEL", "quantum:global:kill_switch");
            until(() -> redis.entries(RESULT).stream()
                    .anyMatch(result -> result.get("would_execute").equals("True")));
            assertThat(redis.command("GET", "quantum:apply:dedupe:" + plan)).isNotNull();
            chain.finish();
        }
    }

    @Test
    void plansTheCalibratedActionOfTheSameProposalWhenTheGateEnforces() {
        redis.command("HSET", "quantum:state:portfolio", "equity_usd", "1000");
        redis.add(SNAPSHOT, "symbol", "BTCUSDT", "position_notional_usd", "400", "sigma", "1");
        Map<String, String> env = Map.of("SYMBOLS", "BTCUSDT", "APPLY_POLL_SEC", "1", "P26_MODE", "enforce");
        try (LiveChain chain = LiveChain.start(redis, env)) {
            redis.add(
                    PROPOSAL,
                    "symbol",
                    "BTCUSDT",
                    "harvest_action",
                    "FULL_CLOSE_PROPOSED",
                    "kill_score",
                    "0.35",
                    "new_sl_proposed",
                    "None",
                    "computed_at_utc",
                    AT,
                    "sigma",
                    "0.02");
            until(() -> redis.number("EXISTS", "quantum:harvest:calibrated:BTCUSDT") == 1);
            propose("BTCUSDT", "FULL_CLOSE_PROPOSED", AT);
            until(() -> redis.number("XLEN", PLAN) == 1);
            propose("BTCUSDT", "FULL_CLOSE_PROPOSED", "2026-01-28T22:10:10");
            until(() -> redis.number("XLEN", PLAN) == 2);
            chain.finish();
        }
        assertThat(redis.entries(CALIBRATED).get(0).keySet())
                .containsExactly(
                        "trace_id",
                        "plan_id",
                        "symbol",
                        "original_action",
                        "calibrated_action",
                        "heat_value",
                        "heat_bucket",
                        "mode",
                        "calibrated",
                        "reason",
                        "timestamp",
                        "harvest_action",
                        "kill_score",
                        "new_sl_proposed",
                        "computed_at_utc",
                        "sigma");
        assertThat(redis.hash("quantum:harvest:calibrated:BTCUSDT"))
                .containsEntry("action", "PARTIAL_75")
                .containsEntry("original_action", "FULL_CLOSE_PROPOSED")
                .containsEntry("plan_id", planId("BTCUSDT", "FULL_CLOSE_PROPOSED"))
                .containsEntry("calibrated", "1")
                .containsEntry("computed_at_utc", AT);
        assertThat(redis.number("PTTL", "quantum:harvest:calibrated:BTCUSDT")).isBetween(270_000L, 300_000L);
        assertThat(redis.entries(PLAN).get(0))
                .containsEntry("action", "PARTIAL_75")
                .containsEntry("plan_id", planId("BTCUSDT", "PARTIAL_75"))
                .containsEntry(
                        "steps",
                        "[{\"step\": \"CLOSE_PARTIAL_75\", \"type\": \"market_reduce_only\", \"side\": \"close\", \"pct\": 75.0}]");
        assertThat(redis.entries(PLAN).get(1))
                .as("a newer proposal is not the calibrated one")
                .containsEntry("action", "FULL_CLOSE_PROPOSED");
    }

    private static Map<String, String> outActions() {
        Map<String, String> actions = new HashMap<>();
        redis.entries(DECISION).forEach(decision -> actions.put(decision.get("plan_id"), decision.get("out_action")));
        return actions;
    }

    private static List<String> observations(String plan, String point) {
        return redis.entries(OBSERVED).stream()
                .filter(event -> event.get("plan_id").equals(plan)
                        && event.get("obs_point").equals(point))
                .map(event -> event.get("heat_found") + " " + event.get("heat_reason"))
                .toList();
    }
}
