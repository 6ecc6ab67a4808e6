package io.heatwire.ops.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be written or read, for people. */
final class WriteTrouble {

    private WriteTrouble() {}

    /** The message of these exceptions is often nothing but the name of the file. */
    static String reason(IOException trouble) {
        if (trouble instanceof NoSuchFileException) {
            return "there is no such directory";
        }
        return trouble instanceof FileSystemException refused && refused.getReason() != null
                ? refused.getReason()
                : trouble.getClass().getSimpleName();
    }
}
