package io.heatwire.engine.redis;

import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.engine.link.Entry;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds entries from the bytes of one connection. Used by one event loop only, so its scratch space is shared by all replies.
 */
final class EntryDecoder {

    private final FieldNames fieldNames = new FieldNames();
    private final Map<String, String> aliases;
    private byte[] scratch = new byte[4096];
    private int used;
    private String[] names = new String[0];
    private int[] ends = new int[0];
    private int field;
    private @Nullable String name;
    private boolean readable;

    EntryDecoder(Map<String, String> aliases) {
        this.aliases = aliases;
    }

    EntryId id(ByteBuffer bytes) {
        long ms = 0;
        while (bytes.hasRemaining()) {
            byte next = bytes.get();
            if (next == '-') {
                break;
            }
            ms = ms * 10 + (next - '0');
        }
        long seq = 0;
        while (bytes.hasRemaining()) {
            seq = seq * 10 + (bytes.get() - '0');
        }
        return new EntryId(ms, seq);
    }

    void begin(int fields) {
        names = new String[fields];
        ends = new int[fields];
        field = 0;
        used = 0;
        name = null;
        readable = true;
    }

    void add(ByteBuffer bytes) {
        String pending = name;
        if (pending == null) {
            name = fieldNames.name(bytes);
            readable = readable && name != null;
            name = name == null ? "" : name;
            return;
        }
        value(pending, bytes);
        name = null;
    }

    private void value(String fieldName, ByteBuffer bytes) {
        readable = readable && isUtf8(bytes);
        int length = bytes.remaining();
        if (used + length > scratch.length) {
            scratch = Arrays.copyOf(scratch, Math.max(scratch.length * 2, used + length));
        }
        bytes.get(scratch, used, length);
        used += length;
        names[field] = fieldName;
        ends[field] = used;
        field++;
    }

    Entry finish(EntryId id) {
        Entry entry = readable
                ? new Entry(
                        id,
                        Event.compact(id, names, Arrays.copyOf(scratch, used), ends, aliases),
                        Entry.Trouble.NONE,
                        1)
                : new Entry(id, null, Entry.Trouble.UNREADABLE, 1);
        if (scratch.length > 1 << 20) {
            // One huge entry must not hold its memory for ever.
            scratch = new byte[4096];
        }
        return entry;
    }

    private static boolean isUtf8(ByteBuffer bytes) {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            if (bytes.get(i) < 0) {
                return isStrictUtf8(bytes.duplicate());
            }
        }
        return true;
    }

    private static boolean isStrictUtf8(ByteBuffer bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
