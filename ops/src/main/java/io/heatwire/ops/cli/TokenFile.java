package io.heatwire.ops.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A file with a token alone in it, as a person names it. */
final class TokenFile {

    private static final long LARGEST = 4_096;

    private TokenFile() {}

    /** The token; empty when there is none, which the console is told. What the file holds is never shown. */
    static Optional<String> read(Path file, Console console) {
        try {
            if (Files.size(file) > LARGEST) {
                return refused(file, "is larger than " + LARGEST + " bytes", console);
            }
            String token = Files.readString(file).strip();
            boolean isOne = !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 127);
            return isOne
                    ? Optional.of(token)
                    : refused(file, "does not hold one token of visible ASCII characters", console);
        } catch (NoSuchFileException missing) {
            return refused(file, "is not there", console);
        } catch (CharacterCodingException binary) {
            return refused(file, "does not hold one token of visible ASCII characters", console);
        } catch (IOException refused) {
            return refused(file, "cannot be read", console);
        }
    }

    private static Optional<String> refused(Path file, String why, Console console) {
        console.err().println("heatwire: token file " + file + " " + why);
        return Optional.empty();
    }
}
