package io.heatwire.wiring.graph;

import org.jspecify.annotations.Nullable;

/**
 * Where Redis is.
 *
 * @param host of no meaning with sentinels, as is the port
 * @param tls null for plain TCP
 * @param sentinels null for the one server at host and port
 * @param commandTimeoutMs how long a command may take, in ms
 */
public record RedisWire(
        String host,
        int port,
        int database,
        Login login,
        @Nullable TlsWire tls,
        @Nullable SentinelWire sentinels,
        long commandTimeoutMs) {}
