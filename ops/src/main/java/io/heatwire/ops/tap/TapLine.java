package io.heatwire.ops.tap;

import io.heatwire.ops.dead.Escaped;
import io.heatwire.ops.http.JsonText;
import io.heatwire.ops.look.StreamEntry;
import io.heatwire.ops.look.StreamEntry.Field;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** One entry as one line: nothing in it can move a cursor, secrets are hidden, and it stays short. */
public final class TapLine {

    private static final int VALUE_BYTES = 120;
    private static final int NAME_BYTES = 60;
    private static final int FIELDS = 40;
    private static final String HIDDEN = "***";
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:,/+@%-]+");

    private TapLine() {}

    /**
     * For people.
     *
     * @param width how wide the column of names is
     */
    public static String text(String stream, int width, StreamEntry entry) {
        StringBuilder line = new StringBuilder(time(entry))
                .append("  ")
                .append(Escaped.plain(stream))
                .append(" ".repeat(Math.max(0, width - stream.length())))
                .append("  ")
                .append(entry.id());
        entry.fields().stream()
                .limit(FIELDS)
                .forEach(field -> line.append(' ')
                        .append(bare(Escaped.cut(field.name(), NAME_BYTES)))
                        .append('=')
                        .append(
                                Secrets.isSecret(field.name())
                                        ? HIDDEN
                                        : bare(Escaped.cut(field.value(), VALUE_BYTES))));
        int more = entry.fields().size() - FIELDS;
        return more > 0 ? line + " ... and " + more + " more fields" : line.toString();
    }

    /** For programs: of a repeated field the last value counts. */
    public static String json(String stream, StreamEntry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        entry.fields().forEach(field -> fields.put(Escaped.cut(field.name(), NAME_BYTES), value(field)));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("time", time(entry));
        values.put("stream", stream);
        values.put("id", entry.id().toString());
        values.put("fields", fields);
        return JsonText.of(values);
    }

    /** A text as it is; what is no text, or too long, as an object that says so. */
    private static Object value(Field field) {
        if (Secrets.isSecret(field.name())) {
            return HIDDEN;
        }
        return field.value().length <= VALUE_BYTES && isText(field.value())
                ? new String(field.value(), StandardCharsets.UTF_8)
                : Map.of("escaped", Escaped.cut(field.value(), VALUE_BYTES));
    }

    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException binary) {
            return false;
        }
    }

    private static String bare(String escaped) {
        return PLAIN.matcher(escaped).matches() ? escaped : '"' + escaped + '"';
    }

    /** An id may have been given by hand: not each of them is a time. */
    private static String time(StreamEntry entry) {
        try {
            String time = Instant.ofEpochMilli(entry.id().ms()).toString();
            return time.length() == 20 ? time.substring(0, 19) + ".000Z" : time;
        } catch (DateTimeException beyond) {
            return "-";
        }
    }

    /** How wide the column of these names is. */
    public static int width(List<String> names) {
        return names.stream().mapToInt(String::length).max().orElse(0);
    }
}
