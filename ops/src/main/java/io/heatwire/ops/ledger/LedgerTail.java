package io.heatwire.ops.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The end of a ledger.
 *
 * @param operations newest first, each by the last that is written of it
 * @param damaged how many lines among them are no entries
 * @param isTorn whether the last line has no end: it is being written, or a crash tore it off
 * @param isAll whether the file holds nothing older
 */
public record LedgerTail(List<LedgerEntry> operations, long damaged, boolean isTorn, boolean isAll) {

    /** What is read of the file at most, in bytes. */
    static final int BYTES = 256 * 1024;

    static final LedgerTail NOTHING = new LedgerTail(List.of(), 0, false, true);

    static LedgerTail read(Path file, int atMost) throws IOException {
        // Opening a pipe would wait for whoever writes into it.
        if (!Files.isRegularFile(file)) {
            throw new IOException("no regular file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long from = Math.max(0, channel.size() - BYTES);
            String text = text(channel, from);
            // Where it was cut, the first line has lost its beginning.
            return of(from == 0 ? text : text.substring(text.indexOf('\n') + 1), from == 0, atMost);
        }
    }

    private static String text(FileChannel channel, long from) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            // until it is full, or the file ends
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    }

    private static LedgerTail of(String text, boolean isFromStart, int atMost) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        boolean isTorn = !lines.isEmpty() && !text.endsWith("\n");
        if (isTorn) {
            lines.remove(lines.size() - 1);
        }
        List<LedgerEntry> operations = new ArrayList<>();
        Set<String> ended = new HashSet<>();
        long damaged = 0;
        int at = lines.size();
        while (at > 0 && operations.size() < atMost) {
            at--;
            Optional<LedgerEntry> entry = LedgerLine.entry(lines.get(at));
            if (entry.isEmpty()) {
                damaged++;
            } else if (ended.add(entry.get().id()) || !isBeginning(entry.get())) {
                operations.add(entry.get());
            }
        }
        return new LedgerTail(List.copyOf(operations), damaged, isTorn, isFromStart && at == 0);
    }

    private static boolean isBeginning(LedgerEntry entry) {
        return entry.result().equals(LedgerEntry.BEGUN);
    }
}
