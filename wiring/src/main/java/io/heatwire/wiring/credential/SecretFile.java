package io.heatwire.wiring.credential;

import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A file with one secret in it, such as a password: its only line. */
public final class SecretFile {

    private SecretFile() {}

    /**
     * The secret, without the line break behind it; empty when it cannot be had, which is then noted.
     *
     * @param title what names the file, for example {@code password_file of redis}
     */
    public static Optional<String> read(String title, Word name, Findings findings) {
        Optional<String> secret = NamedFile.read(title, name, NamedFile.secretly(name), findings)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\r?\\n$", ""));
        if (secret.isEmpty()) {
            return secret;
        }
        NamedFile.warnIfOpen(title, name, findings);
        String text = secret.get();
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
            findings.add(
                    ProblemCode.CREDENTIAL_MALFORMED,
                    name.place(),
                    title + ": " + NamedFile.secretly(name)
                            + (text.isEmpty() ? " is empty" : " holds more than one line, or control characters"),
                    "put the secret alone into it, on one line");
            return Optional.empty();
        }
        return secret;
    }
}
