package io.heatwire.contract.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventTest {

    private static final EntryId ID = new EntryId(5, 1);

    @Test
    void givesFieldsInWireOrderAndByName() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("b", "2");
        fields.put("a", "caf\u00e9 \u2192");
        fields.put("empty", "");
        Event event = Event.of(ID, fields);
        assertThat(event.fields())
                .containsExactly(Map.entry("b", "2"), Map.entry("a", "caf\u00e9 \u2192"), Map.entry("empty", ""));
        assertThat(event.get("a")).isEqualTo("caf\u00e9 \u2192");
        assertThat(event.get("none")).isNull();
        assertThat(event.get("none", "otherwise")).isEqualTo("otherwise");
        assertThat(event.has("empty")).isFalse();
        assertThat(event.has("b")).isTrue();
        assertThat(event.id()).isEqualTo(ID);
    }

    @Test
    void takesTheLastOfARepeatedName() {
        byte[] values = "firstsecond".getBytes(StandardCharsets.UTF_8);
        Event event = Event.compact(ID, new String[] {"n", "n"}, values, new int[] {5, 11});
        assertThat(event.size()).isEqualTo(2);
        assertThat(event.value(0)).isEqualTo("first");
        assertThat(event.get("n")).isEqualTo("second");
        assertThat(event.fields()).containsExactly(Map.entry("n", "second"));
    }
}
