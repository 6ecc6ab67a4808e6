package io.heatwire.ops.page;

import io.heatwire.ops.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of the page. A browser may keep them, and asks each time whether they are still the same. */
final class Assets {

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, Asset> byPath = Map.of(
            "/", read("page.html", "text/html; charset=utf-8"),
            "/page.css", read("page.css", "text/css; charset=utf-8"),
            "/page.js", read("page.js", "text/javascript; charset=utf-8"),
            "/icon.svg", read("icon.svg", "image/svg+xml"));

    private record Asset(String contentType, String text, String version) {

        Answer answer(@Nullable String held) {
            boolean isHeld = held != null && held.contains(version);
            Answer answer =
                    isHeld ? new Answer(304, contentType, "", Map.of()) : new Answer(200, contentType, text, Map.of());
            return answer.with("etag", version)
                    .with("cache-control", "no-cache")
                    .with("content-security-policy", POLICY);
        }
    }

    /** The file at this path. */
    Optional<Answer> answer(String path, @Nullable String held) {
        return Optional.ofNullable(byPath.get(path)).map(asset -> asset.answer(held));
    }

    private static Asset read(String name, String contentType) {
        try (InputStream file = Assets.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("this build has no " + name + " inside");
            }
            byte[] bytes = file.readAllBytes();
            return new Asset(contentType, new String(bytes, StandardCharsets.UTF_8), version(bytes));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String version(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
