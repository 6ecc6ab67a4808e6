package io.heatwire.ops.tap;

import io.heatwire.ops.look.StreamEntry;

/** A field that an entry must have with exactly this value. */
public record Match(String field, String value) {

    /**
     * Reads {@code field=value}; the value may hold further signs of equality, or nothing.
     *
     * @throws IllegalArgumentException when there is no name or no sign of equality
     */
    public static Match parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("no field=value: " + text);
        }
        return new Match(text.substring(0, equals), text.substring(equals + 1));
    }

    boolean isMetBy(StreamEntry entry) {
        return entry.has(field, value);
    }
}
