package io.heatwire.wiring.shape;

import io.heatwire.wiring.credential.SecretFile;
import io.heatwire.wiring.graph.Login;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/** Reads as whom to log in, and secrets that stand in the file's environment or in a file of their own. */
final class LoginShape {

    private LoginShape() {}

    static Login read(Section section) {
        String username = section.optional("username");
        return new Login(username.isEmpty() ? null : username, secret(section, "password"));
    }

    /** The value of the key, or the content of the file that {@code <key>_file} names; null when both are empty. */
    static @Nullable String secret(Section section, String key) {
        String written = section.secret(key);
        String fileKey = key + "_file";
        Word file = new Word(section.optional(fileKey), section.placeOf(fileKey));
        if (file.isMissing()) {
            return written.isEmpty() ? null : written;
        }
        if (!written.isEmpty()) {
            section.findings()
                    .add(
                            ProblemCode.ONE_OF_TWO,
                            file.place(),
                            section.title() + " has " + key + " and " + fileKey,
                            "keep one of the two");
        }
        return SecretFile.read(section.name(fileKey), file, section.findings()).orElse(null);
    }
}
