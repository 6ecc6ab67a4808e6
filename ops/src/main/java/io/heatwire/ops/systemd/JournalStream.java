package io.heatwire.ops.systemd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether what is printed goes to systemd's journal, which takes {@code <3>} in front of a line for its priority and away from it. */
public final class JournalStream {

    private JournalStream() {}

    /** Of standard error, by {@code JOURNAL_STREAM}; that of a program that was started from a service may go elsewhere. */
    public static boolean takesStandardError(Map<String, String> environment) {
        return takes(Path.of("/proc/self/fd/2"), environment);
    }

    static boolean takes(Path stream, Map<String, String> environment) {
        String journal = environment.getOrDefault("JOURNAL_STREAM", "");
        if (journal.isEmpty()) {
            return false;
        }
        try {
            return journal.equals(
                    Files.getAttribute(stream, "unix:dev") + ":" + Files.getAttribute(stream, "unix:ino"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException notToBeSeen) {
            return false;
        }
    }
}
