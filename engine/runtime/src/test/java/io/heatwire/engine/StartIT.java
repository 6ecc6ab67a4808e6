package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.health.DrainReport;
import io.heatwire.engine.health.Status;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What a start says when the server is not the one that is needed, or does not let anybody in. */
class StartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Engine engine(RedisPlan redis) {
        return Engine.of(
                TestOperators.plan(
                        redis, new Policy.Keep(1000), TestOperators.copyStage(TestOperators.source("c"), Map.of())),
                new SimpleMeterRegistry());
    }

    private static RedisPlan with(RedisPlan plan, String password) {
        return new RedisPlan(plan.host(), plan.port(), 0, null, password, false, 1000);
    }

    @Test
    void refusesAServerThatIsTooOldAndSaysWhatIsNeeded() throws Exception {
        try (OldServer server = OldServer.start("6.2.6")) {
            RedisPlan plan = new RedisPlan("127.0.0.1", server.port(), 0, null, null, false, 2000);
            Engine engine = engine(plan);
            assertThatThrownBy(() -> engine.start().block(PATIENCE))
                    .isInstanceOf(UnsuitableServerException.class)
                    .hasMessageContaining("redis://127.0.0.1:" + server.port() + "/0 is redis 6.2.6")
                    .hasMessageContaining("needs Redis or Valkey 7.0 or newer");
            engine.drain().block(PATIENCE);
        }
    }

    @Test
    void showsAWrongPasswordInTheHealthAndGoesOnWhenItIsMended() {
        try (TestRedis redis = TestRedis.start()) {
            Engine engine = engine(with(redis.plan(), "not-the-password"));
            CompletableFuture<Void> started = engine.start().toFuture();
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(engine.health().status()).isEqualTo(Status.ERROR);
                assertThat(engine.health().stages().get(0).error()).contains("WRONGPASS");
            });
            assertThat(engine.health().toString()).doesNotContain("not-the-password");
            assertThat(engine.health().ready()).isFalse();
            assertThat(started).isNotDone();
            redis.command("ACL", "SETUSER", "default", ">not-the-password");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(engine.health().status()).isEqualTo(Status.OK));
            assertThat(engine.health().stages().get(0).error()).isEmpty();
            assertThat(engine.health().server()).matches("(redis|valkey) .+");
            engine.drain().block(PATIENCE);
        }
    }

    @Test
    void showsAMissingPasswordInTheHealth() {
        try (TestRedis redis = TestRedis.start()) {
            Engine engine = engine(with(redis.plan(), null));
            engine.start().subscribe();
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(engine.health().stages().get(0).error()).contains("NOAUTH"));
            engine.drain().block(PATIENCE);
        }
    }

    @Test
    void endsAStartThatIsStillTryingWhenItIsDrained() throws Exception {
        try (TestRedis redis = TestRedis.start()) {
            Engine engine = engine(with(redis.plan(), "not-the-password"));
            CompletableFuture<Void> started = engine.start().toFuture();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(engine.health().status()).isEqualTo(Status.ERROR));
            assertThat(engine.drain().block(PATIENCE).inTime()).isTrue();
            started.get(5, TimeUnit.SECONDS);
            assertThat(engine.health().ready()).isFalse();
        }
    }

    @Test
    void canBeDrainedAtAnyMomentOfItsStart() {
        try (TestRedis redis = TestRedis.start()) {
            for (int i = 0; i < 30; i++) {
                Engine engine = engine(redis.plan());
                engine.start().subscribe();
                DrainReport report = Mono.delay(Duration.ofMillis(3L * i))
                        .then(engine.drain())
                        .block(PATIENCE);
                assertThat(report.committed() + report.handedBack() + report.left())
                        .isZero();
                assertThat(report.inTime() && report.confirmed()).isTrue();
                assertThat(engine.health().ready()).isFalse();
                assertThat(redis.number("EXISTS", "in:consumer:g:c"))
                        .as("the lease of the consumer's name")
                        .isZero();
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(((String) redis.command("CLIENT", "LIST")).lines())
                            .hasSize(1));
        }
    }

    @Test
    void refusesToBeStartedTwice() {
        try (TestRedis redis = TestRedis.start()) {
            Engine engine = engine(redis.plan());
            engine.start().block(PATIENCE);
            assertThatThrownBy(() -> engine.start().block(PATIENCE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("started before");
            engine.drain().block(PATIENCE);
        }
    }
}
