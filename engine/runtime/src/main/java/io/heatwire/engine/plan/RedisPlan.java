package io.heatwire.engine.plan;

import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and how long to wait for it.
 *
 * @param host host name or address
 * @param port TCP port
 * @param database database number
 * @param username ACL user; null for the default user
 * @param password password; null for none
 * @param tls whether to speak TLS
 * @param commandTimeoutMs how long a command may take before its connections are given up, in ms
 */
public record RedisPlan(
        String host,
        int port,
        int database,
        @Nullable String username,
        @Nullable String password,
        boolean tls,
        long commandTimeoutMs) {

    /** Hides the password: this text reaches logs. */
    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + host + ":" + port + "/" + database;
    }
}
