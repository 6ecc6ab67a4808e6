package io.heatwire.engine.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.TestRedis;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.plan.RedisPlan;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

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

    @Test
    void closingWaitsForAConnectionThatIsJustBeingOpenedAndOpensNoOther() {
        try (TestRedis redis = TestRedis.start()) {
            HeldUpHandshake handshake = new HeldUpHandshake();
            RedisConnections connections = new RedisConnections(redis.plan(), handshake.resources());
            CompletableFuture<?> opening =
                    connections.open().subscribeOn(Schedulers.boundedElastic()).toFuture();
            await().pollInterval(Duration.ofMillis(1)).atMost(PATIENCE).until(() -> handshake.heldUp() > 0);

            connections.close().block(PATIENCE);

            assertThat(opening).isDone();
            assertThatThrownBy(() -> connections.open().block(PATIENCE))
                    .isInstanceOf(LinkException.class)
                    .hasMessageContaining("is being closed");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(((String) redis.command("CLIENT", "LIST")).lines())
                            .hasSize(1));
        }
    }

    private static List<String> firstAnswers(RedisPlan plan) {
        RedisConnections connections = new RedisConnections(plan, new HeldUpHandshake().resources());
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
