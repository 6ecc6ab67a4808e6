package io.heatwire.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.engine.plan.RedisPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedisUrlTest {

    @Test
    void readsAllParts() {
        assertThat(RedisUrl.parse("rediss://anna:s3:cret@example.org:7000/9"))
                .isEqualTo(new RedisPlan("example.org", 7000, 9, "anna", "s3:cret", true, 5000));
        assertThat(RedisUrl.parse("redis://:s3cret@localhost"))
                .isEqualTo(new RedisPlan("localhost", 6379, 0, null, "s3cret", false, 5000));
        assertThat(RedisUrl.parse("redis://127.0.0.1:6380/"))
                .isEqualTo(new RedisPlan("127.0.0.1", 6380, 0, null, null, false, 5000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:6379", "http://x", "redis://", "redis://h/x", "redis://h/-1", "redis://a b", ""})
    void refuses(String text) {
        assertThatThrownBy(() -> RedisUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("expected redis://[user:password@]host[:port][/database]");
    }
}
