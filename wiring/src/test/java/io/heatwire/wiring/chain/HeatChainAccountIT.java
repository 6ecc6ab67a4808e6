package io.heatwire.wiring.chain;

import static io.heatwire.wiring.chain.LiveChain.BY_PLAN;
import static io.heatwire.wiring.chain.LiveChain.CALIBRATED;
import static io.heatwire.wiring.chain.LiveChain.DECISION;
import static io.heatwire.wiring.chain.LiveChain.OBSERVED;
import static io.heatwire.wiring.chain.LiveChain.PLAN;
import static io.heatwire.wiring.chain.LiveChain.PROPOSAL;
import static io.heatwire.wiring.chain.LiveChain.RECONCILE;
import static io.heatwire.wiring.chain.LiveChain.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The whole shipped chain loses and doubles nothing, buries what it cannot read, and counts what it does. */
class HeatChainAccountIT extends HeatChainOnRedis {

    private static final String NOT_UTF8 = "{\"b64\": \"//79\"}";

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

    private static double keys(String pattern) {
        return ((List<?>) redis.command("KEYS", pattern)).size();
    }
}
