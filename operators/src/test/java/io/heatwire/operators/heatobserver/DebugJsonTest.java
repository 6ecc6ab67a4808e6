package io.heatwire.operators.heatobserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DebugJsonTest {

    private static final String AWKWARD = "\"quoted\\\" \u2713\ud835\udd30\n\u0001 end";

    @TestFactory
    Stream<DynamicTest> isValidJsonWithinEveryLimit() {
        return IntStream.rangeClosed(DebugJson.SHORTEST, 160)
                .mapToObj(limit -> DynamicTest.dynamicTest("limit " + limit, () -> {
                    String json = json(limit);
                    assertThat(json.length()).isLessThanOrEqualTo(limit);
                    assertThat(JsonParser.parseString(json).isJsonObject()).isTrue();
                }));
    }

    @Test
    void saysEverythingWhenThereIsRoom() {
        JsonObject parsed = JsonParser.parseString(json(1000)).getAsJsonObject();

        assertThat(parsed.get("first").getAsString()).isEqualTo(AWKWARD);
        assertThat(parsed.get("second").getAsString()).isEqualTo("two");
    }

    @Test
    void cutsAtTheEndOfACharacterAndLeavesOutWhatFollows() {
        String json = new DebugJson(30)
                .add("in_action", "\u2713\u2713\u2713")
                .add("mode", "x")
                .toString();

        assertThat(json).isEqualTo("{\"in_action\": \"\\u2713...\"}");
    }

    private static String json(int limit) {
        return new DebugJson(limit).add("first", AWKWARD).add("second", "two").toString();
    }
}
