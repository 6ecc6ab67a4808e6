package io.heatwire.contract.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a stream: its id and its fields in wire order. Immutable.
 *
 * <p>All values share one byte array, so that thousands of waiting events stay small; text is made only when it is asked for.
 * Every name and value is valid UTF-8: an entry that is not never becomes an event, it goes to the dead-letter stream.
 */
public final class Event {

    private final EntryId id;
    private final String[] names;
    private final byte[] values;
    private final int[] ends;
    private final Map<String, String> aliases;

    private Event(EntryId id, String[] names, byte[] values, int[] ends, Map<String, String> aliases) {
        this.id = id;
        this.names = names;
        this.values = values;
        this.ends = ends;
        this.aliases = aliases;
    }

    /**
     * An event over arrays that the caller hands over and no longer touches.
     *
     * @param names field names in wire order
     * @param values all values one after the other, UTF-8
     * @param ends for each field the index in {@code values} just behind its last byte
     */
    public static Event compact(EntryId id, String[] names, byte[] values, int[] ends) {
        return new Event(id, names, values, ends, Map.of());
    }

    /**
     * The same, where a field can be asked for under a further name. Its own name stays: who copies fields copies what came.
     *
     * @param aliases a name on the wire to the name it is asked for by
     */
    public static Event compact(EntryId id, String[] names, byte[] values, int[] ends, Map<String, String> aliases) {
        return new Event(id, names, values, ends, aliases);
    }

    /** An event with the fields of the map, in the order of its iteration. */
    public static Event of(EntryId id, Map<String, String> fields) {
        String[] names = fields.keySet().toArray(new String[0]);
        int[] ends = new int[names.length];
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        for (int i = 0; i < names.length; i++) {
            values.writeBytes(fields.getOrDefault(names[i], "").getBytes(StandardCharsets.UTF_8));
            ends[i] = values.size();
        }
        return new Event(id, names, values.toByteArray(), ends, Map.of());
    }

    /** The id of the entry. */
    public EntryId id() {
        return id;
    }

    /** How many fields the entry has. */
    public int size() {
        return names.length;
    }

    /** How many bytes all values have together. */
    public int bytes() {
        return values.length;
    }

    /** The name of the field at this position, from 0, in wire order. */
    public String name(int index) {
        return names[index];
    }

    /** The value of the field at this position, from 0, in wire order. */
    public String value(int index) {
        int start = index == 0 ? 0 : ends[index - 1];
        return new String(values, start, ends[index] - start, StandardCharsets.UTF_8);
    }

    /**
     * The value of the field, or null when there is none; of a repeated name the last one counts. A field that is absent or empty
     * is looked for under its aliases.
     */
    public @Nullable String get(String name) {
        String own = own(name);
        return aliases.isEmpty() || (own != null && !own.isEmpty()) ? own : underAlias(name, own);
    }

    private @Nullable String underAlias(String name, @Nullable String own) {
        String found = own;
        for (int i = names.length - 1; i >= 0 && (found == null || found.isEmpty()); i--) {
            if (name.equals(aliases.get(names[i]))) {
                found = value(i);
            }
        }
        return found;
    }

    private @Nullable String own(String name) {
        for (int i = names.length - 1; i >= 0; i--) {
            if (names[i].equals(name)) {
                return value(i);
            }
        }
        return null;
    }

    /** The value of the field, or the given text when there is none. */
    public String get(String name, String otherwise) {
        String value = get(name);
        return value == null ? otherwise : value;
    }

    /** Whether the field is there and not empty. */
    public boolean has(String name) {
        String value = get(name);
        return value != null && !value.isEmpty();
    }

    /** The fields as a map in wire order, a copy; of a repeated name the last value counts. */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            fields.put(names[i], value(i));
        }
        return fields;
    }

    @Override
    public String toString() {
        return id + " " + fields();
    }
}
