package io.heatwire.ops.look;

import io.heatwire.contract.event.EntryId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An entry as it came, byte for byte. */
public record StreamEntry(EntryId id, List<Field> fields) {

    /** A field; neither name nor value need be UTF-8. */
    @SuppressWarnings(
            "ArrayRecordComponent") // nobody compares fields, and a copy of each value would double a large entry
    public record Field(byte[] name, byte[] value) {

        /** A field of these texts. */
        public static Field of(String name, String value) {
            return new Field(name.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Whether it has this field with exactly this value. */
    public boolean has(String name, String value) {
        byte[] wantedName = name.getBytes(StandardCharsets.UTF_8);
        byte[] wantedValue = value.getBytes(StandardCharsets.UTF_8);
        return fields.stream()
                .anyMatch(
                        field -> Arrays.equals(field.name(), wantedName) && Arrays.equals(field.value(), wantedValue));
    }

    /** The value of the field as text, bytes that are not UTF-8 replaced; of a repeated name the last one counts. */
    public Optional<String> text(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        return fields.stream()
                .filter(field -> Arrays.equals(field.name(), wanted))
                .reduce((first, second) -> second)
                .map(field -> new String(field.value(), StandardCharsets.UTF_8));
    }

    /** How many bytes names and values have together. */
    public long bytes() {
        return fields.stream()
                .mapToLong(field -> (long) field.name().length + field.value().length)
                .sum();
    }
}
