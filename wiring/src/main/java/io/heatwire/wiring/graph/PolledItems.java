package io.heatwire.wiring.graph;

import io.heatwire.contract.OperatorSpec;
import java.util.List;

/** What a polled stage makes an event of, by convention: one for each word of the list setting named like its field. */
public final class PolledItems {

    private PolledItems() {}

    /** The field that holds the item. */
    public static String field(OperatorSpec spec) {
        return spec.input().get(0).name();
    }

    /** The list setting that holds all items: the field's name in the plural. */
    public static String setting(OperatorSpec spec) {
        return field(spec) + "s";
    }

    /** The items, in the order of the setting. */
    public static List<String> of(StageWire stage) {
        Object items = stage.settings().values().get(setting(stage.spec()));
        return items instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
