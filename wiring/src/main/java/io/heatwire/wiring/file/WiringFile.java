package io.heatwire.wiring.file;

import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the bytes of a file that nobody has checked yet. */
public final class WiringFile {

    /** No wiring is this large; a larger file is a mistake, and is not read to its end. */
    static final int MOST_BYTES = 1024 * 1024;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private WiringFile() {}

    /** The text of the file; empty when a problem was noted instead. */
    public static Optional<String> read(Path file, Findings findings) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                findings.add(
                        ProblemCode.FILE_TOO_LARGE,
                        Place.NONE,
                        "the file is larger than 1 MiB",
                        "a wiring file is a few kilobytes; check the name of the file");
                return Optional.empty();
            }
            return decode(bytes, findings);
        } catch (IOException unreadable) {
            findings.add(ProblemCode.FILE_UNREADABLE, Place.NONE, why(file, unreadable), "");
            return Optional.empty();
        }
    }

    private static String why(Path file, IOException unreadable) {
        if (unreadable instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (unreadable instanceof AccessDeniedException) {
            return "this user may not read the file";
        }
        return Files.isDirectory(file) ? "this is a directory, not a file" : "the file cannot be read";
    }

    private static Optional<String> decode(byte[] bytes, Findings findings) {
        CharBuffer chars = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), chars, true);
        String text = chars.flip().toString();
        if (result.isError()) {
            findings.add(
                    ProblemCode.NOT_TEXT, endOf(text), "the file is not UTF-8 text from here on", "save it as UTF-8");
            return Optional.empty();
        }
        String withoutMark = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
        return withoutControls(withoutMark, findings);
    }

    private static Optional<String> withoutControls(String text, Findings findings) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t' && c != '\u0085') {
                findings.add(
                        ProblemCode.NOT_TEXT,
                        endOf(text.substring(0, i)),
                        String.format("there is a control character here (code %d)", (int) c),
                        "remove it; a wiring file is plain text");
                return Optional.empty();
            }
        }
        return Optional.of(text);
    }

    private static Place endOf(String text) {
        String[] lines = text.split("\r\n|\n|\r", -1);
        String last = lines[lines.length - 1];
        return new Place(lines.length, last.codePointCount(0, last.length()) + 1);
    }
}
