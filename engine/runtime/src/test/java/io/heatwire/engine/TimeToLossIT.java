package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.plan.StreamPlan.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A producer that trims what it appends to, and a stage that stands still. */
class TimeToLossIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private double gauge(String name) {
        return registry.get(name).tag("stage", "copy").gauge().value();
    }

    private double lost(String cause) {
        return registry.get("heatwire_entries_lost_total")
                .tag("cause", cause)
                .counter()
                .count();
    }

    @Test
    void fallsWhileTheStageStandsStillAndRisesWhenItGoesOn() throws InterruptedException {
        try (TestRedis redis = TestRedis.start()) {
            Engine engine = Engine.of(
                    TestOperators.plan(
                            redis.plan(),
                            new Policy.Keep(1_000_000),
                            TestOperators.copyStage(TestOperators.source("c"), Map.of())),
                    registry);
            assertThat(gauge("heatwire_time_to_loss_seconds")).isEqualTo(-1);
            engine.start().block(PATIENCE);
            redis.add("in", "n", "first");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(engine.health().stages().get(0).committed())
                                    .isEqualTo(1));
            assertThat(gauge("heatwire_time_to_loss_seconds")).isEqualTo(-1);

            AtomicLong n = new AtomicLong();
            ScheduledExecutorService producer = Executors.newSingleThreadScheduledExecutor();
            producer.scheduleWithFixedDelay(
                    () -> redis.command("XADD", "in", "MAXLEN", "=", "300", "*", "n", "" + n.incrementAndGet()),
                    0,
                    20,
                    TimeUnit.MILLISECONDS);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(gauge("heatwire_time_to_loss_seconds")).isBetween(0.5, 60.0));
            redis.command("RENAME", "out", "aside");
            redis.command("SET", "out", "in the way");
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(gauge("heatwire_time_to_loss_seconds")).isZero());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(lost("trimmed_unread")).isPositive());
            redis.command("DEL", "out");
            redis.command("RENAME", "aside", "out");
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(gauge("heatwire_time_to_loss_seconds")).isGreaterThan(1.0));
            producer.shutdown();
            assertThat(producer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            long fed = n.get() + 1;
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(engine.health().stages().get(0).backlog())
                                    .isZero());
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(engine.health().stages().get(0).committed() + lost("trimmed_unread"))
                                    .isEqualTo(fed));
            engine.drain().block(PATIENCE);
        }
    }
}
