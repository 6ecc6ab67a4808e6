package io.heatwire.wiring.graph;

import org.jspecify.annotations.Nullable;

/**
 * Where Redis is.
 *
 * @param commandTimeoutMs how long a command may take, in ms
 */
public record RedisWire(
        String host,
        int port,
        int database,
        @Nullable String username,
        @Nullable String password,
        boolean tls,
        long commandTimeoutMs) {

    /** Hides the password. */
    @Override
    public String toString() {
        return host + ":" + port + "/" + database;
    }
}
