package io.heatwire.engine.lease;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A process, told apart from every other one: a number alone is used again, by the next process and in every container.
 *
 * @param scope which processes can be seen from there: the boot of the machine, the namespaces of pids and of users, and the user;
 *     empty when that cannot be known, and then nothing is concluded from a number
 * @param startedAt when it started, in clock ticks since the boot
 */
record ProcessMark(String scope, long pid, long startedAt) {

    private static final Path PROC = Path.of("/proc");
    private static final int STATE = 0;
    private static final int STARTED_AT = 19;
    private static final String ENDED_BUT_NOT_REAPED = "ZX";

    static ProcessMark ofThisProcess() {
        long pid = ProcessHandle.current().pid();
        try {
            return new ProcessMark(scopeHere(), pid, Long.parseLong(stat(pid)[STARTED_AT]));
        } catch (IOException | RuntimeException notToBeHad) {
            return new ProcessMark("", pid, 0);
        }
    }

    /** Whether this process has certainly ended: false whenever that cannot be told from here. */
    boolean hasEnded() {
        try {
            if (scope.isEmpty() || !scope.equals(scopeHere())) {
                return false;
            }
            String[] stat = stat(pid);
            return ENDED_BUT_NOT_REAPED.contains(stat[STATE]) || Long.parseLong(stat[STARTED_AT]) != startedAt;
        } catch (NoSuchFileException ended) {
            return true;
        } catch (IOException | RuntimeException notToBeHad) {
            return false;
        }
    }

    /** The fields behind the name of the program, which may itself hold blanks and brackets. */
    private static String[] stat(long pid) throws IOException {
        String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    private static String scopeHere() throws IOException {
        String boot =
                Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
        Path pids = Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
        // Processes of other users may be hidden, and would look as if they had ended. Of the same user's in another
        // namespace that
        // is true as well.
        Path users = Files.readSymbolicLink(PROC.resolve("self/ns/user"));
        Object user = Files.getAttribute(PROC.resolve("self"), "unix:uid");
        return digest(boot + ' ' + pids + ' ' + users + ' ' + user);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
