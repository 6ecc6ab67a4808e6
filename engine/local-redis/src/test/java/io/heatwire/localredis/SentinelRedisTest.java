package io.heatwire.localredis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SentinelRedisTest {

    @Test
    void swapsRolesWhenAskedAndPromotesTheReplicaOfAKilledPrimary() throws IOException {
        try (SentinelRedis redis = SentinelRedis.start(RedisBinary.forTests())) {
            LocalRedis first = redis.primary();
            LocalRedis second = redis.replica();
            assertThat(redis.nodes()).hasSize(3);

            redis.failOver();
            assertThat(redis.primary()).isSameAs(second);

            RespCall.send(second.port(), redis.password(), "SET", "key", "survives");
            redis.failOver();
            assertThat(redis.primary()).isSameAs(first);

            assertThat(redis.killPrimary()).isSameAs(first);
            assertThat(redis.primary()).isSameAs(second);
            assertThat(RespCall.send(second.port(), redis.password(), "GET", "key"))
                    .isEqualTo("survives");
        }
    }

    @Test
    void promotesAReplicaThatWasLeftBehind() throws IOException {
        try (SentinelRedis redis = SentinelRedis.start(RedisBinary.forTests())) {
            LocalRedis replica = redis.replica();
            redis.leaveReplicaBehind();
            RespCall.send(redis.primary().port(), redis.password(), "SET", "key", "is lost");
            redis.killPrimary();
            assertThat(redis.primary()).isSameAs(replica);
            assertThat(RespCall.send(replica.port(), redis.password(), "GET", "key"))
                    .isEmpty();
        }
    }
}
