package io.heatwire.ops.ledger;

import io.heatwire.ops.http.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A file of JSON Lines that only grows. What {@link #append} has returned from is on the disk. */
public final class Ledger {

    private static final String OWNER_ONLY = "rw-------";
    private static final Object ONE_AT_A_TIME = new Object();

    private final Path file;

    /** The ledger in this file, which is made with the first entry. */
    public Ledger(Path file) {
        this.file = file;
    }

    /** Where it is. */
    public Path file() {
        return file;
    }

    /**
     * Writes an entry behind all others. A line that a crash has torn is ended first, so it spoils no other.
     *
     * @throws LedgerException when it is not on the disk
     */
    public void append(LedgerEntry entry) {
        byte[] line = (JsonText.of(entry.fields()) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            // A lock on a file holds off other processes, and fails inside this one.
            synchronized (ONE_AT_A_TIME) {
                append(line);
            }
        } catch (IOException refused) {
            throw new LedgerException("the ledger " + file + " cannot be written: " + why(refused), refused);
        }
    }

    private void append(byte[] line) throws IOException {
        // The directory belongs to the service: a link that it left there must not lead root to another file.
        Set<OpenOption> options = Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        boolean isNew = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel = FileChannel.open(file, options, ownerOnly());
                FileLock lock = channel.lock()) {
            if (isNew) {
                giveToTheOwnerOfItsDirectory();
            }
            long end = channel.size();
            boolean isTorn = end > 0 && lastByte(channel, end) != '\n';
            ByteBuffer bytes = ByteBuffer.allocate(line.length + 1);
            if (isTorn) {
                bytes.put((byte) '\n');
            }
            bytes.put(line).flip();
            for (long at = end; bytes.hasRemaining(); ) {
                at += channel.write(bytes, at);
            }
            channel.force(true);
            if (!lock.isValid()) {
                throw new IOException("the lock was lost");
            }
        }
    }

    /** What root begins in the directory of the service, the service must be able to go on with. */
    private void giveToTheOwnerOfItsDirectory() throws IOException {
        UserPrincipal owner = Files.getOwner(file.toAbsolutePath().getParent());
        FileOwnerAttributeView own =
                Files.getFileAttributeView(file, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(own.getOwner())) {
            try {
                own.setOwner(owner);
            } catch (IOException onlyRootMayGiveAway) {
                // Then it stays with whoever began it, and whoever cannot write it later is told so.
            }
        }
    }

    private static byte lastByte(FileChannel channel, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return channel.read(last, end - 1) == 1 ? last.get(0) : 0;
    }

    private FileAttribute<?>[] ownerOnly() {
        boolean hasPermissions =
                file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return hasPermissions
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
                }
                : new FileAttribute<?>[0];
    }

    /**
     * Everything that can be read.
     *
     * @throws LedgerException when the file itself cannot be read; that there is none yet is no fault
     */
    public Contents read() {
        if (!Files.exists(file)) {
            return new Contents(List.of(), List.of());
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            return contents(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException | UncheckedIOException refused) {
            throw new LedgerException("the ledger " + file + " cannot be read: " + why(refused), refused);
        }
    }

    private Contents contents(String text) {
        List<LedgerEntry> entries = new ArrayList<>();
        List<String> damages = new ArrayList<>();
        boolean endsWell = text.endsWith("\n");
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Optional<LedgerEntry> entry = LedgerLine.entry(lines.get(i));
            entry.ifPresent(entries::add);
            if (entry.isEmpty()) {
                boolean isTorn = i == lines.size() - 1 && !endsWell;
                damages.add(file + ":" + (i + 1)
                        + (isTorn
                                ? ": the last line was torn off while it was written; all before it is there"
                                : ": this line is damaged and left out; the others are there"));
            }
        }
        return new Contents(List.copyOf(entries), List.copyOf(damages));
    }

    /**
     * The newest operations, each by its last word. Reads the end of the file only, and waits for the disk.
     *
     * @param atMost how many
     * @throws LedgerException when there is a file and it cannot be read
     */
    public LedgerTail newest(int atMost) {
        if (Files.notExists(file)) {
            return LedgerTail.NOTHING;
        }
        try {
            return LedgerTail.read(file, atMost);
        } catch (IOException refused) {
            throw new LedgerException("the ledger " + file + " cannot be read: " + why(refused), refused);
        }
    }

    private static String why(Exception refused) {
        return refused.getMessage() == null ? refused.getClass().getSimpleName() : refused.toString();
    }

    /**
     * What a ledger holds.
     *
     * @param entries oldest first
     * @param damages a line for people about each line that is no entry
     */
    public record Contents(List<LedgerEntry> entries, List<String> damages) {

        /** The entries that say how an operation ended, or that it never did. */
        public List<LedgerEntry> outcomes() {
            Set<String> ended = entries.stream()
                    .filter(entry -> !entry.result().equals(LedgerEntry.BEGUN))
                    .map(LedgerEntry::id)
                    .collect(Collectors.toSet());
            return entries.stream()
                    .filter(entry -> !entry.result().equals(LedgerEntry.BEGUN) || !ended.contains(entry.id()))
                    .toList();
        }
    }
}
