package io.heatwire.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SentinelPlan;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider.ImmediateRedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RedisAddressTest {

    @Test
    void thePasswordIsAtHandWhenTheHandshakeAsksForIt() {
        assertThat(credentials(address(null, "secret"))).isEqualTo("null secret");
        assertThat(credentials(address("engine", "secret"))).isEqualTo("engine secret");
        assertThat(credentials(address(null, null))).isEqualTo("null none");
    }

    @Test
    void soIsTheOneForTheSentinels() {
        SentinelPlan sentinels =
                new SentinelPlan("primary", List.of(new SentinelPlan.Node("one", 26379)), "watcher", "other");
        RedisURI uri = RedisAddress.of(new RedisPlan("", 0, 0, "engine", "secret", null, sentinels, 1000));
        assertThat(credentials(uri)).isEqualTo("engine secret");
        assertThat(uri.getSentinels()).extracting(RedisAddressTest::credentials).containsExactly("watcher other");
    }

    private static RedisURI address(@Nullable String username, @Nullable String password) {
        return RedisAddress.of(new RedisPlan("localhost", 6379, 0, username, password, null, null, 1000));
    }

    private static String credentials(RedisURI uri) {
        assertThat(uri.getCredentialsProvider()).isInstanceOf(ImmediateRedisCredentialsProvider.class);
        RedisCredentials credentials =
                ((ImmediateRedisCredentialsProvider) uri.getCredentialsProvider()).resolveCredentialsNow();
        return credentials.getUsername()
                + " "
                + (credentials.hasPassword() ? String.valueOf(credentials.getPassword()) : "none");
    }
}
