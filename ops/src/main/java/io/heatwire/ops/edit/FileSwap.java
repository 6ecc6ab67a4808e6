package io.heatwire.ops.edit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** A file that is replaced as a whole or not at all, with its old content kept beside it. */
public final class FileSwap {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path file;

    /** The file; of a symbolic link what it points to, so that the link stays one. */
    public FileSwap(Path file) throws IOException {
        this.file = file.toRealPath();
    }

    /** The file that is replaced. */
    public Path file() {
        return file;
    }

    /** Its content. */
    public byte[] content() throws IOException {
        return Files.readAllBytes(file);
    }

    /** Keeps this content beside the file, with the file's mode and a name that tells the time. */
    public Path keep(byte[] content, Instant now) throws IOException {
        Path backup = file.resolveSibling(file.getFileName() + "." + STAMP.format(now) + ".bak");
        write(backup, content);
        sync(directory());
        return backup;
    }

    /**
     * A candidate beside the file, on the disk and with the file's mode and owner.
     *
     * @return where it is; to be given to {@link #replaceBy} or deleted
     */
    public Path prepare(byte[] content) throws IOException {
        Path candidate = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
        Files.deleteIfExists(candidate);
        write(candidate, content);
        return candidate;
    }

    /**
     * Puts the candidate in the file's place in one step.
     *
     * @param expected what the file must hold until then
     * @throws IOException also when somebody else has changed the file meanwhile
     */
    public void replaceBy(Path candidate, byte[] expected) throws IOException {
        if (!Arrays.equals(content(), expected)) {
            throw new IOException(file + " was changed by somebody else meanwhile");
        }
        Files.move(candidate, file, StandardCopyOption.ATOMIC_MOVE);
        sync(directory());
    }

    private Path directory() {
        Path parent = file.getParent();
        return parent == null ? file.getRoot() : parent;
    }

    private void write(Path target, byte[] content) throws IOException {
        FileStore store = Files.getFileStore(file);
        if (!store.supportsFileAttributeView(PosixFileAttributeView.class)) {
            put(Files.createFile(target), content);
            return;
        }
        PosixFileAttributes like = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        // Closed to others from its first moment on; the mode of the file comes when everything is in it.
        put(
                Files.createFile(
                        target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                content);
        PosixFileAttributeView view = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        PosixFileAttributes now = view.readAttributes();
        if (!now.owner().equals(like.owner())) {
            view.setOwner(like.owner());
        }
        if (!now.group().equals(like.group())) {
            view.setGroup(like.group());
        }
        view.setPermissions(like.permissions());
    }

    private static void put(Path target, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** A rename is on the disk when its directory is. */
    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
