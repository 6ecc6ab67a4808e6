package io.heatwire.engine.redis;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Field names seen on one connection: the same few come with every entry, so each is made into a string once. A fixed table
 * that forgets on collision: hostile names cost a string each, never memory.
 */
final class FieldNames {

    private static final int SLOTS = 1024;

    private final byte[][] bytesBySlot = new byte[SLOTS][];
    private final String[] names = new String[SLOTS];

    /** The name; null when it is not UTF-8. */
    @Nullable
    String name(ByteBuffer bytes) {
        int slot = hash(bytes) & (SLOTS - 1);
        byte[] known = bytesBySlot[slot];
        if (known != null && bytes.equals(ByteBuffer.wrap(known))) {
            return names[slot];
        }
        try {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            String name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(copy))
                    .toString();
            if (copy.length <= 64) {
                bytesBySlot[slot] = copy;
                names[slot] = name;
            }
            return name;
        } catch (CharacterCodingException malformed) {
            return null;
        }
    }

    private static int hash(ByteBuffer bytes) {
        int hash = 1;
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            hash = 31 * hash + bytes.get(i);
        }
        return hash ^ hash >>> 10;
    }
}
