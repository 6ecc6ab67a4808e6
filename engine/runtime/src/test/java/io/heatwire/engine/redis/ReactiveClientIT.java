package io.heatwire.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.engine.TestRedis;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReactiveClientIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void aConnectionTakesCommandsThatDoNotBlockAndNoOthers() {
        try (TestRedis redis = TestRedis.start()) {
            RedisConnections connections = new RedisConnections(redis.plan());
            StatefulRedisConnection<byte[], byte[]> connection =
                    connections.open().block(PATIENCE);
            assertThat(connection.reactive().dbsize().block(PATIENCE)).isZero();
            assertThatThrownBy(connection::sync)
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("reactive()");
            RedisLinks.close(connection).then(connections.close()).block(PATIENCE);
        }
    }
}
