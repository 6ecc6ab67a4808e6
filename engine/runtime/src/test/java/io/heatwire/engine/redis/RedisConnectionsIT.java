package io.heatwire.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.TestRedis;
import io.heatwire.engine.plan.RedisPlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

class RedisConnectionsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TRIES = 4;

    @Test
    void aConnectionTakesCommandsFromTheMomentItIsThere() {
        try (TestRedis redis = TestRedis.start()) {
            assertThat(firstAnswers(redis.plan())).hasSize(TRIES).containsOnly("PONG");
        }
    }

    @Test
    void aConnectionOfAUserWithANameTakesCommandsFromTheMomentItIsThere() {
        try (TestRedis redis = TestRedis.start()) {
            redis.command("ACL", "SETUSER", "engine", "on", ">secret", "~*", "+@all");
            RedisPlan plan = redis.plan();
            RedisPlan named = new RedisPlan(plan.host(), plan.port(), 3, "engine", "secret", false, 3000);
            assertThat(firstAnswers(named)).hasSize(TRIES).containsOnly("PONG");
        }
    }

    private static List<String> firstAnswers(RedisPlan plan) {
        RedisConnections connections = new RedisConnections(plan, HeldUpHandshake.resources());
        return Flux.range(0, TRIES)
                .concatMap(number -> connections
                        .open()
                        .flatMap(connection -> connection.reactive().ping()))
                .collectList()
                .flatMap(answers -> connections.close().thenReturn(answers))
                .onErrorResume(failure -> connections.close().then(Mono.error(failure)))
                .block(PATIENCE);
    }
}
