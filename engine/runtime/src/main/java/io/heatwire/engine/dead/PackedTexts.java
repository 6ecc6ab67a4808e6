package io.heatwire.engine.dead;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one shape of MessagePack that the commit script writes: a list of byte strings. */
final class PackedTexts {

    private PackedTexts() {}

    /** The byte strings, an even number of them; null when the bytes are anything else. */
    static @Nullable List<byte[]> unpack(byte[] packed) {
        ByteBuffer in = ByteBuffer.wrap(packed);
        try {
            int size = listSize(in);
            // Each element takes at least a byte: a header that promises more is not one of ours.
            if (size < 0 || size % 2 != 0 || size > in.remaining()) {
                return null;
            }
            List<byte[]> texts = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                int length = textLength(in);
                if (length < 0 || length > in.remaining()) {
                    return null;
                }
                byte[] text = new byte[length];
                in.get(text);
                texts.add(text);
            }
            return in.hasRemaining() ? null : texts;
        } catch (BufferUnderflowException cutShort) {
            return null;
        }
    }

    private static int listSize(ByteBuffer in) {
        int head = in.get() & 0xff;
        return switch (head) {
            case 0xdc -> in.getShort() & 0xffff;
            case 0xdd -> in.getInt();
            default -> (head & 0xf0) == 0x90 ? head & 0x0f : -1;
        };
    }

    private static int textLength(ByteBuffer in) {
        int head = in.get() & 0xff;
        return switch (head) {
            case 0xc4, 0xd9 -> in.get() & 0xff;
            case 0xc5, 0xda -> in.getShort() & 0xffff;
            case 0xc6, 0xdb -> in.getInt();
            default -> (head & 0xe0) == 0xa0 ? head & 0x1f : -1;
        };
    }
}
