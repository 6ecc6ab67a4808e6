package io.heatwire.wiring.credential;

import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;

/** A file that the wiring names. */
final class NamedFile {

    private static final int LARGEST = 256 * 1024;

    private NamedFile() {}

    /**
     * Its bytes; empty when it cannot be read, which is then noted.
     *
     * @param title what names it, for example {@code password_file of redis}
     * @param shown how people may be told its name
     */
    static Optional<byte[]> read(String title, Word name, String shown, Findings findings) {
        try {
            Path file = Path.of(name.text());
            if (Files.isDirectory(file)) {
                return unreadable(title, name, shown, "it is a directory", findings);
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(LARGEST + 1);
                return bytes.length > LARGEST
                        ? unreadable(title, name, shown, "it is larger than 256 KB", findings)
                        : Optional.of(bytes);
            }
        } catch (NoSuchFileException none) {
            return unreadable(title, name, shown, "there is no such file", findings);
        } catch (AccessDeniedException denied) {
            return unreadable(title, name, shown, "this user may not read it", findings);
        } catch (IOException | InvalidPathException other) {
            return unreadable(title, name, shown, other.getClass().getSimpleName(), findings);
        }
    }

    /** Warns when people who are neither the owner nor in the group can read it. */
    static void warnIfOpen(String title, Word name, Findings findings) {
        try {
            if (Files.getPosixFilePermissions(Path.of(name.text())).contains(PosixFilePermission.OTHERS_READ)) {
                findings.add(
                        ProblemCode.CREDENTIAL_OPEN,
                        name.place(),
                        title + ": everybody on this machine can read " + secretly(name),
                        "chmod o= on it, and see to its owner");
            }
        } catch (IOException | UnsupportedOperationException unknown) {
            // A file system without such rights: nothing can be said.
        }
    }

    /** Somebody may have written the secret itself where the name of its file belongs: only what looks like a path is shown. */
    static String secretly(Word name) {
        return name.text().startsWith("/")
                        || name.text().startsWith("./")
                        || name.text().startsWith("../")
                ? Shown.plain(name.text())
                : "the file that is named here";
    }

    private static Optional<byte[]> unreadable(String title, Word name, String shown, String why, Findings findings) {
        findings.add(
                ProblemCode.CREDENTIAL_UNREADABLE,
                name.place(),
                title + ": cannot read " + shown + ": " + why,
                "name a file that the user of the service can read, or leave the line out");
        return Optional.empty();
    }
}
