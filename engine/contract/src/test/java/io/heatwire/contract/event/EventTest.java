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

    @Test
    void findsAFieldUnderItsAliasAndKeepsTheNameItCameWith() {
        Event event = aliased("harvest_action", "HOLD");
        assertThat(event.get("action")).isEqualTo("HOLD");
        assertThat(event.has("action")).isTrue();
        assertThat(event.get("harvest_action")).isEqualTo("HOLD");
        assertThat(event.fields()).containsExactly(Map.entry("harvest_action", "HOLD"));
        assertThat(event.name(0)).isEqualTo("harvest_action");
    }

    @Test
    void prefersTheFieldOfItsOwnNameUnlessThatIsEmpty() {
        assertThat(aliased("action", "CLOSE", "harvest_action", "HOLD").get("action"))
                .isEqualTo("CLOSE");
        assertThat(aliased("harvest_action", "HOLD", "action", "").get("action"))
                .isEqualTo("HOLD");
        assertThat(aliased("harvest_action", "", "action", "").get("action")).isEmpty();
        assertThat(aliased("harvest_action", "HOLD").get("other")).isNull();
    }

    private static Event aliased(String... pairs) {
        String[] names = new String[pairs.length / 2];
        int[] ends = new int[names.length];
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            names[i] = pairs[2 * i];
            ends[i] = values.append(pairs[2 * i + 1]).length();
        }
        byte[] bytes = values.toString().getBytes(StandardCharsets.UTF_8);
        return Event.compact(ID, names, bytes, ends, Map.of("harvest_action", "action"));
    }

    @Test
    void saysHowManyBytesItsValuesHave() {
        assertThat(Event.of(EntryId.ZERO, Map.of()).bytes()).isZero();
        assertThat(Event.of(EntryId.ZERO, Map.of("a", "x", "b", "\u2192")).bytes())
                .isEqualTo(4);
    }
}
