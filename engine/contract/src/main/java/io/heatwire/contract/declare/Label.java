package io.heatwire.contract.declare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A label of a meter and the values it may take: always a bounded set.
 *
 * @param name the label's name
 * @param values the values known from the start; a series exists at 0 for each. A value outside the set becomes {@code other}
 *     unless {@code room} is left
 * @param fromSetting a list setting whose values are known from the start too, or a block setting whose names are; {@code stage} for
 *     the name of the stage; null for none
 * @param room how many further values may appear before they fold to {@code other}
 */
public record Label(
        String name, List<String> values, @Nullable String fromSetting, int room) {

    /** The value that stands for all values beyond the bound. */
    public static final String OTHER = "other";

    /** The name of the stage that records it, as {@code OperatorConfig} gives it. */
    public static Label stage() {
        return new Label("stage", List.of(), "stage", 0);
    }

    /** A label with exactly these values; anything else counts as {@link #OTHER}. */
    public static Label of(String name, String... values) {
        return new Label(name, List.of(values), null, 0);
    }

    /** A label whose values come from a list setting of the operator. */
    public static Label ofSetting(String name, String setting) {
        return new Label(name, List.of(), setting, 0);
    }

    /** A label whose values are not known beforehand, at most {@code room} of them. */
    public static Label open(String name, int room) {
        return new Label(name, List.of(), null, room);
    }
}
