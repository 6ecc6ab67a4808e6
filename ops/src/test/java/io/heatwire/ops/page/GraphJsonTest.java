package io.heatwire.ops.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.graph.Graph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GraphJsonTest {

    private final JsonObject graph =
            JsonParser.parseString(GraphJson.of(shipped(), 3)).getAsJsonObject();

    @Test
    void placesEveryStageStreamAndKeyWithoutOverlap() {
        List<JsonObject> nodes = all("nodes");
        assertThat(nodes).hasSizeGreaterThan(18);
        for (JsonObject one : nodes) {
            assertThat(number(one, "x")).isNotNegative();
            assertThat(number(one, "x") + number(one, "width")).isLessThanOrEqualTo(number(graph, "width"));
            assertThat(number(one, "y") + number(graph, "box_height")).isLessThanOrEqualTo(number(graph, "height"));
            for (JsonObject other : nodes) {
                boolean isBeside = one == other
                        || number(one, "y") != number(other, "y")
                        || number(one, "x") + number(one, "width") <= number(other, "x")
                        || number(other, "x") + number(other, "width") <= number(one, "x");
                assertThat(isBeside).as(one + " " + other).isTrue();
            }
        }
    }

    @Test
    void callsEdgesAsTheEngineDoes() {
        Set<String> ends = new HashSet<>();
        all("edges").forEach(edge -> ends.add(edge.get("ends").getAsString()));
        assertThat(ends)
                .contains(
                        "quantum:stream:apply.plan -> heat_gate",
                        "heat_gate -> quantum:stream:harvest.heat.decision",
                        "quantum:harvest:heat:by_plan:{plan_id} -> publish_plan_post");
        assertThat(graph.get("generation").getAsLong()).isEqualTo(3);
    }

    @Test
    void namesWhoWritesFromOutside() {
        assertThat(all("nodes"))
                .filteredOn(node -> node.get("name").getAsString().equals("harvest_proposal"))
                .singleElement()
                .satisfies(
                        node -> assertThat(node.get("outside").getAsString()).isEqualTo("harvest proposal publisher"));
    }

    private List<JsonObject> all(String name) {
        List<JsonObject> all = new ArrayList<>();
        for (JsonElement each : graph.getAsJsonArray(name)) {
            all.add(each.getAsJsonObject());
        }
        return all;
    }

    private static long number(JsonObject object, String name) {
        return object.get(name).getAsLong();
    }

    private static Graph shipped() {
        WiringResult result = Wiring.load(Path.of("etc", "heatwire.yaml"), Map.of(), OperatorCatalog.all());
        return ((WiringResult.Ready) result).graph();
    }
}
