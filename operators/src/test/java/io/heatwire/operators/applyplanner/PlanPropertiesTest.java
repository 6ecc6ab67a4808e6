package io.heatwire.operators.applyplanner;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.heatwire.operators.world.GoldenVectors;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random proposals, settings and keys: the planner and the plain model of the contract must agree on all of them. */
class PlanPropertiesTest {

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0.0",
            "0.35",
            "0.6",
            "0.65",
            "0.7999999",
            "0.8",
            "1e-7",
            "-1",
            "nan",
            "inf",
            "1e400",
            "",
            " ",
            "abc",
            "1_0.5");
    private static final List<String> ACTIONS = List.of(
            "FULL_CLOSE",
            "FULL_CLOSE_PROPOSED",
            "PARTIAL_75",
            "PARTIAL_50_PROPOSED",
            "PARTIAL_25",
            "UPDATE_SL",
            "HOLD",
            "NONE",
            "",
            "partial_75",
            "HOLD_CLOSE_SHADOW",
            "\u00c5PNE \"x\"");
    private static final List<String> FIELDS = List.of(
            "kill_score", "new_sl_proposed", "R_net", "k_regime_flip", "k_sigma_spike", "k_ts_drop", "k_age_penalty");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8})
    void agreesWithThePlainModel(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            PlanVectorTest.agreesWithTheModel(randomCase(random), random.nextBoolean());
        }
    }

    private static PlanCase randomCase(Random random) {
        JsonObject given = new JsonObject();
        given.add("ref", array("seed"));
        given.addProperty("now_epoch", 1769638200.0 + random.nextInt(1000) / 1000.0);
        given.addProperty("cycles", 1 + random.nextInt(3));
        given.add("env", env(random));
        JsonObject hashes = new JsonObject();
        hashes.add("BTCUSDT", proposal(random));
        hashes.add("ETHUSDT", proposal(random));
        given.add("proposal_hashes", hashes);
        JsonArray before = new JsonArray();
        if (random.nextInt(8) == 0) {
            before.add(
                    array("SET", pick(random, "quantum:kill", "quantum:global:kill_switch"), pick(random, "1", "off")));
        }
        given.add("pre_commands", before);
        JsonObject after = new JsonObject();
        JsonArray rewrite = new JsonArray();
        rewrite.add(array("HSET", PlanCase.PROPOSAL + "BTCUSDT", "kill_score", pick(random, NUMBERS)));
        after.add("1", rewrite);
        given.add("commands_after_cycle", after);
        return new PlanCase(new GoldenVectors.Case("random", "random", given, new JsonObject()));
    }

    private static JsonObject env(Random random) {
        JsonObject env = new JsonObject();
        env.addProperty("SYMBOLS", "BTCUSDT, ETHUSDT");
        env.addProperty("APPLY_ALLOWLIST", pick(random, "BTCUSDT", "BTCUSDT,ETHUSDT", ""));
        env.addProperty("APPLY_KILL_SWITCH", pick(random, "false", "", "0", "off", "Yes"));
        env.addProperty("P28_HEAT_OBS_ENABLED", pick(random, "true", "on", ""));
        return env;
    }

    private static JsonObject proposal(Random random) {
        JsonObject hash = new JsonObject();
        hash.addProperty("harvest_action", pick(random, ACTIONS));
        hash.addProperty("last_update_epoch", pick(random, "1769638197", "1769638197.5", "1e9", "nan"));
        hash.addProperty("computed_at_utc", pick(random, "2026-01-28T22:09:50.123456", "", "a:b"));
        for (String field : FIELDS) {
            hash.addProperty(field, pick(random, NUMBERS));
        }
        if (random.nextBoolean()) {
            hash.addProperty("calibrated", "1");
            hash.addProperty("action", pick(random, "PARTIAL_25", "PARTIAL_75"));
        }
        FIELDS.stream().filter(field -> random.nextInt(9) == 0).forEach(hash::remove);
        return hash;
    }

    private static String pick(Random random, String... choices) {
        return pick(random, List.of(choices));
    }

    private static String pick(Random random, List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static JsonArray array(String... words) {
        JsonArray array = new JsonArray();
        List.of(words).forEach(array::add);
        return array;
    }
}
