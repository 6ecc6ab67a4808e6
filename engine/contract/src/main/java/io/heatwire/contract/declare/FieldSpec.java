package io.heatwire.contract.declare;

import java.util.List;

/**
 * A field that an operator reads from its input.
 *
 * @param name the name the operator uses
 * @param required whether an entry without it (absent or empty) goes to the dead-letter stream with reason missing_field
 * @param aliases other names under which producers write it; the wiring may name more
 * @param help one line for the reference
 */
public record FieldSpec(String name, boolean required, List<String> aliases, String help) {

    /** A field every entry must have. */
    public static FieldSpec required(String name, String help) {
        return new FieldSpec(name, true, List.of(), help);
    }

    /** A field an entry may have. */
    public static FieldSpec optional(String name, String help) {
        return new FieldSpec(name, false, List.of(), help);
    }

    /** The same field, found under these names too. */
    public FieldSpec orAs(String... more) {
        return new FieldSpec(name, required, List.of(more), help);
    }
}
