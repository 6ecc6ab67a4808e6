package io.heatwire.ops.tap;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Which fields hold what nobody should read over a shoulder, by their names. */
public final class Secrets {

    private static final List<String> WORDS = List.of(
            "password",
            "passwd",
            "passphrase",
            "pwd",
            "secret",
            "token",
            "apikey",
            "accesskey",
            "privatekey",
            "credential",
            "authorization",
            "bearer",
            "cookie",
            "signature");

    private Secrets() {}

    /** Whether the name contains such a word, however it is written: apiKey, API-KEY, x.api_key. */
    public static boolean isSecret(byte[] fieldName) {
        String letters = new String(fieldName, StandardCharsets.UTF_8)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z]", "");
        return WORDS.stream().anyMatch(letters::contains);
    }
}
