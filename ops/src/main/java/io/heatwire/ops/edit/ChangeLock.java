package io.heatwire.ops.edit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Held by the one command that changes a wiring; a command that is killed lets go of it. */
public final class ChangeLock implements AutoCloseable {

    private static final String NAME = "heatwire.change";

    private final FileChannel channel;

    private ChangeLock(FileChannel channel) {
        this.channel = channel;
    }

    /** The lock of the engine that leaves word in this directory; empty while another command has it. */
    public static Optional<ChangeLock> take(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new ChangeLock(channel));
            }
        } catch (OverlappingFileLockException inThisProcess) {
            channel.close();
            return Optional.empty();
        }
        channel.close();
        return Optional.empty();
    }

    /** The lock goes with the process at the latest; that it was let go of badly must not hide how the change ended. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // as said above
        }
    }
}
