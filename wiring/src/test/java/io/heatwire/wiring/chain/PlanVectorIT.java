package io.heatwire.wiring.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heatwire.engine.TestRedis;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.operators.applyplanner.PlanExpectation;
import io.heatwire.operators.world.GoldenVectors;
import io.heatwire.operators.world.OperatorWorld;
import io.heatwire.wiring.WiringResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Recorded apply cycles through the shipped planner on a real Redis, an engine for each cycle. */
class PlanVectorIT {

    private static final String STAGE = "apply_planner";
    private static final int PLAIN_CASES = 36;
    private static final String PROPOSAL = "quantum:harvest:proposal:";
    private static final Set<String> MAY_BE_EMPTY = Set.of("P28_HEAT_OBS_ENABLED", "APPLY_ALLOWLIST");

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

    @TestFactory
    Stream<DynamicTest> plansInRedisAsRecordedOrAsTheDeparturesSay() {
        return VectorSample.tests("plan.jsonl", PLAIN_CASES, PlanVectorIT::isExpressible, PlanVectorIT::check);
    }

    /** The wiring takes most empty variables for absent ones, and the planner decides all symbols of a cycle at once. */
    private static boolean isExpressible(GoldenVectors.Case vector) {
        Map<String, String> env = new PlanExpectation(vector, false).env();
        List<String> symbols = List.of(env.getOrDefault("SYMBOLS", "").split(","));
        boolean emptied = env.entrySet().stream()
                .anyMatch(each -> each.getValue().isEmpty() && !MAY_BE_EMPTY.contains(each.getKey()));
        return !emptied
                && symbols.size() == Set.copyOf(symbols).size()
                && (PlanExpectation.refused(vector) || !LiveStage.isBeyondTheFile(redis, environment(vector), STAGE));
    }

    private static void check(GoldenVectors.Case vector) {
        WiringResult wiring = LiveStage.load(redis, environment(vector), STAGE);
        if (PlanExpectation.refused(vector)) {
            assertThat(wiring).isInstanceOf(WiringResult.Refused.class);
            return;
        }
        run(vector, LiveStage.plan(wiring), new PlanExpectation(vector, false));
        if (PlanExpectation.isCalibrated(vector)) {
            run(vector, LiveStage.plan(wiring), new PlanExpectation(vector, true));
        }
    }

    private static Map<String, String> environment(GoldenVectors.Case vector) {
        Map<String, String> env = new HashMap<>(new PlanExpectation(vector, false).env());
        if (env.getOrDefault("APPLY_POLL_SEC", "5").matches("[0-9]+")) {
            // A cycle has an engine of its own, which is to go through its symbols once.
            env.put("APPLY_POLL_SEC", "3600");
        }
        return env;
    }

    private static void run(GoldenVectors.Case vector, EnginePlan plan, PlanExpectation expected) {
        vectors.clear();
        prepare(vector, expected);
        Map<String, Double> meters = new TreeMap<>();
        OperatorWorld world = new OperatorWorld();
        for (int cycle = 1; cycle <= expected.cycles(); cycle++) {
            expected.cycle();
            try (LiveStage stage = LiveStage.start(redis, plan, vector::nowMs)) {
                stage.turns();
                world = stage.world();
            }
            world.meters.forEach((series, value) -> meters.merge(series, value, Double::sum));
            expected.after(cycle).forEach(vectors::run);
        }
        world.meters.clear();
        world.meters.putAll(meters);
        expected.verify(world);
    }

    private static void prepare(GoldenVectors.Case vector, PlanExpectation expected) {
        JsonObject hashes = vector.given().getAsJsonObject("proposal_hashes");
        hashes.keySet().forEach(symbol -> vectors.hash(PROPOSAL + symbol, hashes.getAsJsonObject(symbol)));
        expected.calibrations().forEach((key, fields) -> vectors.hash(key, json(fields)));
        if (vector.given().has("pre_commands")) {
            for (JsonElement command : vector.given().getAsJsonArray("pre_commands")) {
                vectors.run(((JsonArray) command).asList());
            }
        }
    }

    private static JsonObject json(Map<String, String> fields) {
        JsonObject json = new JsonObject();
        fields.forEach(json::addProperty);
        return json;
    }
}
