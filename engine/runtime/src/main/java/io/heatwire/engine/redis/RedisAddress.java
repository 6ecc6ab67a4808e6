package io.heatwire.engine.redis;

import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SentinelPlan;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StaticCredentialsProvider;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where to connect to, as the client library understands it. */
final class RedisAddress {

    private RedisAddress() {}

    /** With sentinels, each connect asks them for the primary anew. */
    static RedisURI of(RedisPlan plan) {
        RedisURI.Builder uri = RedisURI.builder();
        SentinelPlan sentinels = plan.sentinels();
        if (sentinels == null) {
            uri.withHost(plan.host()).withPort(plan.port());
        } else {
            sentinels.nodes().forEach(node -> uri.withSentinel(sentinel(node, sentinels)));
            uri.withSentinelMasterId(sentinels.master());
        }
        authenticate(uri, plan.username(), plan.password());
        // Behind the sentinels: it goes for those too. The name in the certificate is always checked.
        return uri.withSsl(plan.tls() != null)
                .withVerifyPeer(true)
                .withDatabase(plan.database())
                .withTimeout(Duration.ofMillis(plan.commandTimeoutMs()))
                .build();
    }

    private static RedisURI sentinel(SentinelPlan.Node node, SentinelPlan sentinels) {
        RedisURI.Builder uri = RedisURI.Builder.redis(node.host(), node.port());
        authenticate(uri, sentinels.username(), sentinels.password());
        return uri.withVerifyPeer(true).build();
    }

    /**
     * Credentials that are at hand. With any others, and those that the builder makes of a password are others, the client goes
     * on with the handshake outside the event loop, and hands a connection out before the loop has activated it: its first
     * commands are then rejected.
     */
    private static void authenticate(RedisURI.Builder uri, @Nullable String username, @Nullable String password) {
        if (password != null) {
            uri.withAuthentication(new StaticCredentialsProvider(username, password.toCharArray()));
        }
    }
}
