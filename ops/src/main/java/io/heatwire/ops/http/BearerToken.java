package io.heatwire.ops.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** What a client of a guarded listener must show. Only its digest is kept. */
final class BearerToken {

    private static final String SCHEME = "Bearer ";

    private final byte @Nullable [] expected;

    /** A token; null lets everybody in. */
    BearerToken(@Nullable String token) {
        this.expected = token == null ? null : digest(token);
    }

    /** Whether this value of an Authorization header lets its sender in. Takes as long for a wrong token as for the right one. */
    boolean admits(@Nullable String authorization) {
        if (expected == null) {
            return true;
        }
        String header = authorization == null ? "" : authorization;
        boolean isBearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String shown = isBearer ? header.substring(SCHEME.length()).strip() : "";
        return MessageDigest.isEqual(expected, digest(shown));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
