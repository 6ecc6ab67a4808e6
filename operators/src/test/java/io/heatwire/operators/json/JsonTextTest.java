package io.heatwire.operators.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {

    @Test
    void keepsTheOrderAndSeparatesWithBlanks() {
        Map<String, Object> step = new LinkedHashMap<>();
        step.put("step", "CLOSE_FULL");
        step.put("pct", 100.0);
        assertThat(JsonText.object(step)).isEqualTo("{\"step\": \"CLOSE_FULL\", \"pct\": 100.0}");
        assertThat(JsonText.array(List.of(step, Map.of("a", "b"))))
                .isEqualTo("[{\"step\": \"CLOSE_FULL\", \"pct\": 100.0}, {\"a\": \"b\"}]");
        assertThat(JsonText.array(List.of())).isEqualTo("[]");
        assertThat(JsonText.object(Map.of())).isEqualTo("{}");
    }

    @Test
    void escapesEverythingOutsidePrintableAscii() {
        String text = "a\"b\\c\n\r\t\b\f\u0001\u007f\u00e9\ud835\udd18";
        String json = JsonText.object(Map.of("k", text));
        assertThat(json).isEqualTo("{\"k\": \"a\\\"b\\\\c\\n\\r\\t\\b\\f\\u0001\\u007f\\u00e9\\ud835\\udd18\"}");
        assertThat(JsonParser.parseString(json).getAsJsonObject().get("k").getAsString())
                .isEqualTo(text);
    }

    @Test
    void refusesNumbersThatAreNoJson() {
        assertThatThrownBy(() -> JsonText.object(Map.of("price", Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> JsonText.object(Map.of("price", Double.POSITIVE_INFINITY)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
