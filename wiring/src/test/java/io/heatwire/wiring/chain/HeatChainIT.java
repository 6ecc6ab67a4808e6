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

import com.google.gson.JsonParser;
import io.heatwire.engine.TestRedis;
import io.heatwire.operators.planid.PlanId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole shipped chain, from a proposal to the last observation, as the contract says it looks in Redis. */
class HeatChainIT {

    private static final String AT = "2026-01-28T22:09:50.123456";
    private static final Map<String, String> THREE_SYMBOLS =
            Map.of("SYMBOLS", "BTCUSDT,ETHUSDT,SOLUSDT", "APPLY_ALLOWLIST", "BTCUSDT,ETHUSDT", "APPLY_POLL_SEC", "1");
    private static final String NOT_UTF8 = "{\"b64\": \"//79\"}";

    private static TestRedis redis;
    private static VectorRedis vectors;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.start();
        vectors = new VectorRedis(redis);
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @BeforeEach
    void beginWithAHotPortfolioAndNothingElse() {
        vectors.clear();
        String now = (String) ((List<?>) redis.command("TIME")).get(0);
        redis.command(
                "HSET",
                "quantum:portfolio:state",
                "ts_epoch",
                now,
                "gross_exposure_usd",
                "4000",
                "dd_ewma_usd",
                "200",
                "lossburst_ewma_usd",
                "200",
                "fee_burden_ewma_usd",
                "40",
                "churn_ewma",
                "0.8");
    }

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
        assertThat(redis.entries(PLAN)).allSatisfy(HeatChainIT::hasTheFieldsOfAPlan);
        assertThat(redis.entries(RESULT)).allSatisfy(HeatChainIT::hasTheFieldsOfAResult);
        assertThat(redis.entries(DECISION)).hasSize(3).allSatisfy(HeatChainIT::hasTheFieldsOfADecision);
        assertThat(redis.entries(OBSERVED)).allSatisfy(HeatChainIT::hasTheFieldsOfAnObservation);

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
    void buriesPoisonOnEveryStreamWithItsBytesAndLetsItsNeighboursFlow() {
        try (LiveChain chain = LiveChain.start(redis, Map.of("SYMBOLS", "BTCUSDT"))) {
            add(PLAN, "{'plan_id': 'good-1', 'symbol': 'BTCUSDT', 'action': 'HOLD', 'decision': 'SKIP'}");
            add(PLAN, "{'plan_id': 'bytes', 'symbol': " + NOT_UTF8 + ", 'action': 'HOLD'}");
            add(PLAN, "{'symbol': 'BTCUSDT', 'action': 'HOLD', 'kill_score': '0.1', 'note': 'no time, no id'}");
            add(PLAN, "{'plan_id': 'good-2', 'symbol': 'BTCUSDT', 'action': 'HOLD', 'decision': 'SKIP'}");
            add(DECISION, "{'symbol': 'BTCUSDT', 'out_action': 'HOLD'}");
            add(DECISION, "{'plan_id': 'x', 'symbol': 'BTCUSDT', 'debug_json': " + NOT_UTF8 + "}");
            add(RECONCILE, "{'symbol': 'BTCUSDT'}");
            add(RECONCILE, "{'plan_id': 'good-1', 'symbol': 'BTCUSDT', 'decision': 'RECONCILE_CLOSE'}");
            add(PROPOSAL, "{'harvest_action': 'HOLD'}");
            add(PROPOSAL, "{'plan_id': 'p', 'symbol': 'BTCUSDT', 'harvest_action': 'HOLD'}");
            until(() -> redis.number("XLEN", OBSERVED) == 3 && redis.number("XLEN", CALIBRATED) == 1);
            chain.finish();
        }
        assertThat(redis.entries(DECISION))
                .extracting(decision -> decision.getOrDefault("plan_id", ""))
                .contains("good-1", "good-2");
        assertThat(redis.hash(BY_PLAN + "good-1")).isNotEmpty();
        assertThat(redis.hash(BY_PLAN + "good-2")).isNotEmpty();
        assertThat(buried(PLAN, "heat_gate")).containsExactly("unreadable:not UTF-8", "missing_field:plan_id");
        assertThat(buried(PLAN, "publish_plan_post")).containsExactly("unreadable:not UTF-8", "missing_field:plan_id");
        assertThat(buried(DECISION, "heat_bridge"))
                .containsExactlyInAnyOrder("unreadable:not UTF-8", "missing_field:plan_id");
        assertThat(buried(RECONCILE, "reconcile_close_consume")).containsExactly("missing_field:plan_id");
        assertThat(buried(PROPOSAL, "portfolio_heat_gate")).containsExactly("missing_field:symbol");
        assertThat(redis.entries(PLAN + ":dead:heat_gate").get(1))
                .containsEntry("note", "no time, no id")
                .containsEntry("kill_score", "0.1");
        assertThat(redis.command("EVAL", RawLines.FIRST_VALUE_AS_HEX, "1", PLAN + ":dead:heat_gate", "symbol"))
                .isEqualTo("fffefd");
    }

    @Test
    void losesAndDoublesNothingAndEveryCounterSaysWhatIsInRedis() {
        int plans = 400;
        int repeats = 40;
        int poison = 7;
        try (LiveChain chain =
                LiveChain.start(redis, Map.of("SYMBOLS", "BTCUSDT", "P28_LATE_OBS_MAX_INFLIGHT", "5000"))) {
            IntStream.range(0, plans).forEach(n -> plan("plan-" + n, n));
            IntStream.range(0, repeats).forEach(n -> plan("plan-" + n, n));
            IntStream.range(0, poison).forEach(n -> redis.add(PLAN, "symbol", "S1", "action", "HOLD"));
            until(() -> redis.number("XLEN", PLAN + ":dead:publish_plan_post") == poison);
            redis.add(DECISION, "symbol", "S1");
            until(() -> redis.number("XLEN", OBSERVED) == plans);
            chain.finish();

            double gateDead = redis.number("XLEN", PLAN + ":dead:heat_gate");
            double bridgeDead = redis.number("XLEN", DECISION + ":dead:heat_bridge");
            assertThat(gateDead).isEqualTo(poison);
            assertThat(bridgeDead).isEqualTo(1);
            assertThat(chain.counter("p26_in_messages_total")).isEqualTo(plans + repeats + poison);
            assertThat(chain.counter("p26_out_messages_total"))
                    .isEqualTo(plans + repeats)
                    .isEqualTo(redis.number("XLEN", DECISION) - bridgeDead);

            double written = chain.counter("p27_written_total", "kind", "by_plan");
            double repeated = chain.counter("p27_dedupe_skips_total");
            assertThat(written).isEqualTo(keys(BY_PLAN + "*")).isEqualTo(plans);
            assertThat(repeated).isEqualTo(repeats);
            assertThat(chain.counter("p27_in_messages_total"))
                    .isEqualTo(written + repeated + bridgeDead)
                    .isEqualTo(redis.number("XLEN", DECISION));

            observationsAddUp(chain);
            assertThat(chain.counter("p28_late_obs_dropped_total")).isZero();
            stageAddsUp(chain, "heat_gate", redis.number("XLEN", PLAN));
            stageAddsUp(chain, "publish_plan_post", redis.number("XLEN", PLAN));
            stageAddsUp(chain, "heat_bridge", redis.number("XLEN", DECISION));
        }
    }

    private static void observationsAddUp(LiveChain chain) {
        Map<String, Long> found = new HashMap<>();
        Map<String, Long> reasons = new HashMap<>();
        for (Map<String, String> event : redis.entries(OBSERVED)) {
            found.merge(event.get("obs_point") + " " + event.get("heat_found"), 1L, Long::sum);
            reasons.merge(event.get("obs_point") + " " + event.get("heat_reason"), 1L, Long::sum);
        }
        found.forEach((event, count) -> assertThat(chain.counter(
                        "p28_observed_total", "obs_point", event.split(" ")[0], "heat_found", event.split(" ")[1]))
                .isEqualTo(count.doubleValue()));
        reasons.forEach((event, count) -> assertThat(chain.counter(
                        "p28_heat_reason_total", "obs_point", event.split(" ")[0], "reason", event.split(" ")[1]))
                .isEqualTo(count.doubleValue()));
        assertThat(chain.counter("p28_observed_total")).isEqualTo(redis.number("XLEN", OBSERVED));
        assertThat(chain.counter("p28_heat_reason_total")).isEqualTo(redis.number("XLEN", OBSERVED));
    }

    /** Every entry of the stream ended in exactly one way. */
    private static void stageAddsUp(LiveChain chain, String stage, long entries) {
        double ended = chain.counter("heatwire_entries_committed_total", "stage", stage)
                + chain.counter("heatwire_entries_duplicate_total", "stage", stage)
                + chain.counter("heatwire_entries_dead_total", "stage", stage);
        assertThat(ended).as(stage).isEqualTo(entries);
        assertThat(chain.counter("heatwire_entries_read_total", "stage", stage))
                .as(stage)
                .isEqualTo(entries);
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

    private static void hasTheFieldsOfAPlan(Map<String, String> plan) {
        assertThat(plan.keySet())
                .containsExactly(
                        "plan_id",
                        "symbol",
                        "action",
                        "kill_score",
                        "k_regime_flip",
                        "k_sigma_spike",
                        "k_ts_drop",
                        "k_age_penalty",
                        "new_sl_proposed",
                        "R_net",
                        "decision",
                        "reason_codes",
                        "steps",
                        "close_qty",
                        "price",
                        "timestamp");
    }

    private static void hasTheFieldsOfAResult(Map<String, String> result) {
        assertThat(result.keySet())
                .containsExactly(
                        "plan_id",
                        "symbol",
                        "decision",
                        "executed",
                        "would_execute",
                        "steps_results",
                        "error",
                        "timestamp");
    }

    private static void hasTheFieldsOfADecision(Map<String, String> decision) {
        assertThat(decision.keySet())
                .containsExactly(
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
                        "debug_json");
    }

    private static void hasTheFieldsOfAnObservation(Map<String, String> event) {
        assertThat(event.keySet())
                .containsExactly(
                        "ts_epoch",
                        "plan_id",
                        "symbol",
                        "apply_component",
                        "obs_point",
                        "heat_found",
                        "heat_ts_epoch",
                        "heat_level",
                        "heat_score",
                        "heat_action",
                        "heat_out_action",
                        "heat_recommended_partial",
                        "heat_reason",
                        "apply_decision",
                        "debug_json");
    }

    private static void propose(String symbol, String action, String computedAt) {
        redis.command(
                "HSET",
                "quantum:harvest:proposal:" + symbol,
                "harvest_action",
                action,
                "kill_score",
                "0.35",
                "new_sl_proposed",
                "None",
                "R_net",
                "2.5",
                "last_update_epoch",
                "1769638197",
                "computed_at_utc",
                computedAt);
    }

    private static String planId(String symbol, String action) {
        return PlanId.of(symbol, action, 0.35, OptionalDouble.empty(), AT);
    }

    private static void plan(String id, int n) {
        redis.add(
                PLAN,
                "plan_id",
                id,
                "symbol",
                "S" + n % 5,
                "action",
                n % 2 == 0 ? "FULL_CLOSE_PROPOSED" : "HOLD",
                "kill_score",
                "0.5",
                "decision",
                "EXECUTE");
    }

    private static void add(String stream, String json) {
        vectors.append(stream, JsonParser.parseString(json).getAsJsonObject());
    }

    private static List<String> buried(String stream, String stage) {
        List<String> reasons = new ArrayList<>();
        for (Map<String, String> letter : redis.entries(stream + ":dead:" + stage)) {
            assertThat(letter).containsEntry("heatwire_stage", stage).containsEntry("heatwire_deliveries", "1");
            assertThat(letter.get("heatwire_source_id")).matches("[0-9]+-[0-9]+");
            reasons.add(letter.get("heatwire_reason"));
        }
        return reasons;
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

    private static double keys(String pattern) {
        return ((List<?>) redis.command("KEYS", pattern)).size();
    }
}
