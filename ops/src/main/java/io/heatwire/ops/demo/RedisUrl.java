package io.heatwire.ops.demo;

import io.heatwire.engine.plan.RedisPlan;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Reads {@code redis://[user:password@]host[:port][/database]}, or {@code rediss://} for TLS. */
public final class RedisUrl {

    private static final int DEFAULT_PORT = 6379;
    private static final long COMMAND_TIMEOUT_MS = 5_000;
    private static final String FORM = "expected redis://[user:password@]host[:port][/database]";

    private RedisUrl() {}

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException when it is none; the message never holds the password
     */
    public static RedisPlan parse(String text) {
        URI url = uri(text);
        boolean tls = "rediss".equals(url.getScheme());
        if (url.getHost() == null || (!tls && !"redis".equals(url.getScheme()))) {
            throw new IllegalArgumentException("not a Redis URL: " + FORM);
        }
        String[] user = userAndPassword(url.getUserInfo());
        return new RedisPlan(
                url.getHost(),
                url.getPort() < 0 ? DEFAULT_PORT : url.getPort(),
                database(url.getPath()),
                user.length == 2 && !user[0].isEmpty() ? user[0] : null,
                user.length == 0 ? null : user[user.length - 1],
                tls,
                COMMAND_TIMEOUT_MS);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException("not a Redis URL: " + FORM, malformed);
        }
    }

    private static String[] userAndPassword(@Nullable String info) {
        return info == null ? new String[0] : info.split(":", 2);
    }

    private static int database(String path) {
        String digits = path.startsWith("/") ? path.substring(1) : path;
        if (!digits.matches("[0-9]{0,4}")) {
            throw new IllegalArgumentException("'" + digits + "' is not a database number: " + FORM);
        }
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }
}
