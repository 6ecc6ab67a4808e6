package io.heatwire.operators.planid;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heatwire.contract.EventOperator;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.applyplanner.PlanRun;
import io.heatwire.operators.number.DecimalText;
import io.heatwire.operators.world.GoldenVectors;
import io.heatwire.operators.world.OperatorWorld;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The recorded plan ids: from the parts alone, and as the planner publishes them. */
class PlanIdVectorTest {

    private static final String PROPOSAL = "quantum:harvest:proposal:";

    @TestFactory
    Stream<DynamicTest> hashesTheSameFingerprintAsTheReference() {
        return GoldenVectors.tests(
                "plan_id.jsonl", vector -> vector.expect().has("fingerprint"), PlanIdVectorTest::hashesTheFingerprint);
    }

    @TestFactory
    Stream<DynamicTest> publishesTheSameIdAsTheReference() {
        return GoldenVectors.tests("plan_id.jsonl", vector -> true, PlanIdVectorTest::publishesTheId);
    }

    private static void hashesTheFingerprint(GoldenVectors.Case vector) {
        String symbol = vector.given().get("symbol").getAsString();
        Map<String, String> hash = texts(vector.given().getAsJsonObject("hash"));
        boolean calibrated =
                !vector.isOf("seed") && hash.getOrDefault("calibrated", "").equals("1");
        String action = hash.getOrDefault(calibrated ? "action" : "harvest_action", "");
        double kill = DecimalText.parse(hash.get("kill_score")).orElseThrow();
        OptionalDouble stop = DecimalText.parse(hash.get("new_sl_proposed"));
        String computedAt = hash.getOrDefault("computed_at_utc", "");
        assertThat(PlanId.fingerprint(symbol, action, kill, stop, computedAt))
                .isEqualTo(vector.expect().get("fingerprint").getAsString());
        assertThat(PlanId.of(symbol, action, kill, stop, computedAt))
                .isEqualTo(vector.expect().get("plan_id").getAsString());
    }

    private static void publishesTheId(GoldenVectors.Case vector) {
        String symbol = vector.given().get("symbol").getAsString();
        JsonObject given = vector.given().getAsJsonObject("hash");
        Map<String, String> hash = texts(given);
        OperatorWorld world = new OperatorWorld();
        world.hashes.put(PROPOSAL + symbol, hash);
        if (hash.size() < given.size()) {
            world.faults.put(PROPOSAL + symbol, new Answer.Failed(Answer.Failure.NOT_UTF8, "not UTF-8"));
        }
        EventOperator planner = PlanRun.planner(Map.of(), Map.of());
        world.run(planner, world.event(Map.of("symbol", symbol)), 1769638200000L);
        List<String> ids = world.streams.getOrDefault("plan", List.of()).stream()
                .map(entry -> entry.get("plan_id", ""))
                .toList();
        JsonElement recorded = vector.expect().get("plan_id");
        boolean published = !recorded.isJsonNull() && isPlannable(hash) && vector.isOf("seed");
        assertThat(ids).isEqualTo(published ? List.of(recorded.getAsString()) : List.of());
    }

    /** Ours plans only with a finite kill score and a finite time of the last update. */
    private static boolean isPlannable(Map<String, String> hash) {
        return DecimalText.parseFinite(hash.get("kill_score")).isPresent()
                && DecimalText.parseFinite(hash.get("last_update_epoch")).isPresent();
    }

    private static Map<String, String> texts(JsonObject hash) {
        Map<String, String> texts = new TreeMap<>();
        hash.entrySet().stream()
                .filter(field -> field.getValue().isJsonPrimitive())
                .forEach(field -> texts.put(field.getKey(), field.getValue().getAsString()));
        return texts;
    }
}
