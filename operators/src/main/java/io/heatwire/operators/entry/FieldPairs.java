package io.heatwire.operators.entry;

import io.heatwire.contract.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Names and values in turn, as open outputs take them. */
public final class FieldPairs {

    private FieldPairs() {}

    /** All fields of the event as they came, repeated ones too. */
    public static List<String> of(Event event) {
        List<String> pairs = new ArrayList<>(2 * event.size());
        for (int i = 0; i < event.size(); i++) {
            pairs.add(event.name(i));
            pairs.add(event.value(i));
        }
        return pairs;
    }

    /** These fields, in the order of the map. */
    public static List<String> of(Map<String, String> fields) {
        List<String> pairs = new ArrayList<>(2 * fields.size());
        fields.forEach((name, value) -> {
            pairs.add(name);
            pairs.add(value);
        });
        return pairs;
    }
}
