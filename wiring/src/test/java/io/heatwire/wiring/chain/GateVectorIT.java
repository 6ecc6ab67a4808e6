package io.heatwire.wiring.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heatwire.engine.TestRedis;
import io.heatwire.operators.heatgate.GateCase;
import io.heatwire.operators.heatgate.GateExpectation;
import io.heatwire.operators.world.GoldenVectors;
import io.heatwire.wiring.WiringResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Recorded cases of the heat gate through the shipped stage on a real Redis. */
class GateVectorIT {

    private static final String STAGE = "heat_gate";
    private static final int PLAIN_CASES = 36;
    private static final Set<String> DECLARED_INPUTS =
            Set.of("quantum:stream:harvest.proposal", "quantum:stream:apply.plan");

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
    Stream<DynamicTest> decidesInRedisAsRecordedOrAsTheDeparturesSay() {
        return VectorSample.tests(
                "gate.jsonl", PLAIN_CASES, GateVectorIT::isExpressible, vector -> check(new GateCase(vector)));
    }

    /** The wiring reads declared streams only, takes an empty variable for an absent one, and knows one name for the time. */
    private static boolean isExpressible(GoldenVectors.Case vector) {
        GateCase given = new GateCase(vector);
        Map<String, String> state = given.state().orElse(Map.of());
        boolean otherTime = state.containsKey("timestamp")
                && state.getOrDefault("ts_epoch", "").isEmpty();
        return DECLARED_INPUTS.contains(given.input()) && !given.env.containsValue("") && !(given.head && otherTime);
    }

    private static Map<String, String> environment(GateCase given) {
        Map<String, String> env = new HashMap<>(given.env);
        if (given.head) {
            env.putIfAbsent("HEAT_FAIL_MODE", "CLOSED");
        } else {
            env.keySet().removeAll(Set.of("HEAT_FAIL_MODE", "HEAT_MODE"));
        }
        env.put("HEAT_STREAM_IN", given.input());
        env.put("HEAT_STATE_KEY", stateKey(given));
        return env;
    }

    private static void check(GateCase given) {
        WiringResult wiring = LiveStage.load(redis, environment(given), STAGE);
        if (GateExpectation.refused(given)) {
            assertThat(wiring).isInstanceOf(WiringResult.Refused.class);
            return;
        }
        vectors.clear();
        prepare(given);
        try (LiveStage stage = LiveStage.start(redis, LiveStage.plan(wiring), given::nowMs)) {
            if (isString(given.output())) {
                stage.waitsFor("BADKEY");
                assertThat(redis.pending(given.input(), group(given)))
                        .isEqualTo(entries(given).size());
                redis.command("DEL", given.output());
            }
            stage.settles(given.entries().size());
            if (!stateKey(given).equals(given.stateKey)) {
                redis.command("DEL", stateKey(given));
            }
            new GateExpectation(given, false).verify(stage.world());
        }
    }

    /** The shipped file knows what is in quantum:state:portfolio, and that none of it is an input of the gate. */
    private static String stateKey(GateCase given) {
        return given.stateKey.equals("quantum:state:portfolio") ? given.stateKey + ":of_the_case" : given.stateKey;
    }

    private static String group(GateCase given) {
        return given.env.getOrDefault("HEAT_GROUP", "heat_gate");
    }

    private static boolean isString(String key) {
        return redis.command("TYPE", key).equals("string");
    }

    private static void prepare(GateCase given) {
        JsonElement state = given.vector.given().get("state");
        if (state.isJsonObject()) {
            vectors.hash(stateKey(given), state.getAsJsonObject());
        }
        redis.command("XGROUP", "CREATE", given.input(), group(given), "0", "MKSTREAM");
        entries(given).forEach(entry -> vectors.append(given.input(), given.nowMs(), entry));
        given.commands().forEach(vectors::runWords);
    }

    private static List<JsonObject> entries(GateCase given) {
        return given.vector.given().getAsJsonArray("proposals").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }
}
