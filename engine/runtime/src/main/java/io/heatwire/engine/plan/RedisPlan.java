package io.heatwire.engine.plan;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is and how long to wait for it.
 *
 * @param host host name or address; of no meaning with sentinels
 * @param port TCP port; of no meaning with sentinels
 * @param database database number
 * @param username ACL user; null for the default user
 * @param password password; null for none
 * @param tls how to speak TLS, with Redis and with its sentinels; null for plain TCP
 * @param sentinels who knows where the primary is; null for the one server at host and port
 * @param commandTimeoutMs how long a command may take before its connections are given up, in ms
 */
public record RedisPlan(
        String host,
        int port,
        int database,
        @Nullable String username,
        @Nullable String password,
        @Nullable TlsPlan tls,
        @Nullable SentinelPlan sentinels,
        long commandTimeoutMs) {

    /** One server without sentinels; TLS, if any, trusts whom the JDK trusts. */
    public RedisPlan(
            String host,
            int port,
            int database,
            @Nullable String username,
            @Nullable String password,
            boolean tls,
            long commandTimeoutMs) {
        this(host, port, database, username, password, tls ? TlsPlan.PUBLIC : null, null, commandTimeoutMs);
    }

    /** Hides the passwords: this text reaches logs and the health. */
    @Override
    public String toString() {
        String scheme = tls == null ? "redis" : "rediss";
        return sentinels == null
                ? scheme + "://" + host + ":" + port + "/" + database
                : scheme + "-sentinel://" + nodes(sentinels.nodes()) + "/" + database + "#" + sentinels.master();
    }

    private static String nodes(List<SentinelPlan.Node> nodes) {
        return nodes.stream().map(SentinelPlan.Node::toString).collect(Collectors.joining(","));
    }
}
