package io.heatwire.contract.declare;

import java.util.List;

/**
 * A key, or a guard's marker key, that an operator needs by name from the wiring.
 *
 * @param port the name of the port in the wiring
 * @param type what the key holds
 * @param variables the variables its key template must have
 * @param fields the fields the operator reads from it; empty for values and markers
 * @param template the key template the reference system uses: what the shipped wiring says
 * @param help one line for the reference
 */
public record LookUpSpec(
        String port, Type type, List<String> variables, List<String> fields, String template, String help) {

    /** What a key holds. */
    public enum Type {
        /** A hash that is read. */
        HASH,
        /** A string that is read. */
        VALUE,
        /** A stream whose newest entries are read. */
        STREAM,
        /** The marker of a once-guard: written by the commit, perhaps read before. */
        MARKER
    }
}
