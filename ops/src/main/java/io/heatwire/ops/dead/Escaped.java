package io.heatwire.ops.dead;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Bytes that anybody may have written as text that is safe in a terminal: a line stays a line, nothing moves the cursor or turns
 * the direction of writing, and what is not UTF-8 shows its bytes. The backslash is escaped too, so the text can be read back.
 */
public final class Escaped {

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.:-]+");
    private static final int CUT_AT = 200;

    private Escaped() {}

    /** A text without quotation marks around it, in full. */
    public static String plain(String text) {
        return text(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes without quotation marks around them, in full. */
    public static String text(byte[] bytes) {
        return escape(ByteBuffer.wrap(bytes));
    }

    /** In quotation marks; a long value is cut with a note unless all of it is wanted. */
    static String quoted(byte[] bytes, boolean full) {
        if (full || bytes.length <= CUT_AT) {
            return '"' + text(bytes) + '"';
        }
        int end = boundary(bytes, CUT_AT);
        return '"' + escape(ByteBuffer.wrap(bytes, 0, end)) + "\"... (" + bytes.length + " bytes; --full shows all)";
    }

    /**
     * Without quotation marks; what is longer is cut and says how long it was.
     *
     * @param bytesAtMost how many bytes are shown, at least 4
     */
    public static String cut(byte[] bytes, int bytesAtMost) {
        if (bytes.length <= bytesAtMost) {
            return text(bytes);
        }
        return escape(ByteBuffer.wrap(bytes, 0, boundary(bytes, bytesAtMost))) + "... (" + bytes.length + " bytes)";
    }

    /** A name as it is when it is a plain word, else in quotation marks. */
    static String name(byte[] bytes, boolean full) {
        String quoted = quoted(bytes, full);
        String bare = quoted.substring(1, quoted.length() - 1);
        return PLAIN_NAME.matcher(bare).matches() ? bare : quoted;
    }

    /** Where to cut without cutting a character in two. */
    private static int boundary(byte[] bytes, int atMost) {
        int end = atMost;
        while (end > atMost - 4 && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return end;
    }

    private static String escape(ByteBuffer in) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(1024);
        StringBuilder safe = new StringBuilder(in.remaining() + 16);
        while (in.hasRemaining()) {
            CoderResult result = decoder.decode(in, out, true);
            out.flip().codePoints().forEach(c -> append(safe, c));
            out.clear();
            for (int i = 0; result.isError() && i < result.length(); i++) {
                safe.append(String.format("\\x%02x", in.get() & 0xff));
            }
        }
        return safe.toString();
    }

    private static void append(StringBuilder safe, int c) {
        switch (c) {
            case '\\' -> safe.append("\\\\");
            case '"' -> safe.append("\\\"");
            case '\n' -> safe.append("\\n");
            case '\r' -> safe.append("\\r");
            case '\t' -> safe.append("\\t");
            default -> {
                if (isShown(c)) {
                    safe.appendCodePoint(c);
                } else {
                    safe.append(String.format("\\u%04x", c));
                }
            }
        }
    }

    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
