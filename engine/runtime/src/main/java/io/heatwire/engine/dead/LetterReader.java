package io.heatwire.engine.dead;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.dead.DeadLetter.Field;
import io.heatwire.engine.dead.DeadLetter.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells in an entry of a dead-letter stream what the producer wrote from what the stage wrote behind it. */
final class LetterReader {

    private static final List<byte[]> STAMPED = List.of(
            utf8("heatwire_reason"), utf8("heatwire_source_id"), utf8("heatwire_deliveries"), utf8("heatwire_stage"));
    private static final byte[] PACKED = utf8("heatwire_fields_msgpack");

    private LetterReader() {}

    static DeadLetter read(EntryId id, List<byte[]> flat) {
        int own = flat.size() - 2 * STAMPED.size();
        if (own < 0 || !isStamped(flat, own)) {
            return new DeadLetter(id, fields(flat), null);
        }
        List<byte[]> original = original(flat.subList(0, own));
        return original == null
                ? new DeadLetter(id, fields(flat), null)
                : new DeadLetter(
                        id,
                        fields(original),
                        new Stamp(flat.get(own + 1), flat.get(own + 3), flat.get(own + 5), flat.get(own + 7)));
    }

    private static boolean isStamped(List<byte[]> flat, int from) {
        for (int i = 0; i < STAMPED.size(); i++) {
            if (!Arrays.equals(flat.get(from + 2 * i), STAMPED.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Null when they are packed and cannot be unpacked. */
    private static @Nullable List<byte[]> original(List<byte[]> own) {
        boolean isPacked = own.size() == 2 && Arrays.equals(own.get(0), PACKED);
        return isPacked ? PackedTexts.unpack(own.get(1)) : own;
    }

    private static List<Field> fields(List<byte[]> flat) {
        List<Field> fields = new ArrayList<>(flat.size() / 2);
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.add(new Field(flat.get(i), flat.get(i + 1)));
        }
        return List.copyOf(fields);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
