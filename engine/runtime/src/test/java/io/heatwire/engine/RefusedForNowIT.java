package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Redis refuses for now what a stage needs: it waits in place and goes on. */
class RefusedForNowIT extends OneEngineOnRedis {

    @Test
    void waitsWhileMemoryIsFullAndLosesNothing() {
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        feed(0, 10);
        settled(10);
        redis.command("CONFIG", "SET", "maxmemory", "1");
        String appendAnyway = "#!lua flags=allow-oom\nreturn redis.call('XADD', KEYS[1], '*', 'n', '10')";
        redis.command("EVAL", appendAnyway, "1", "in");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).waiting()).isEqualTo("OOM"));
        redis.command("CONFIG", "SET", "maxmemory", "0");
        settled(11);
        assertThat(redis.entries("out")).hasSize(11);
        assertThat(engine.health().stages().get(0).epochs()).isEqualTo(1);
    }

    @Test
    void waitsWhileReplicasAreMissingAndGoesOnInTheSameEpoch() {
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        feed(0, 10);
        settled(10);
        redis.command("CONFIG", "SET", "min-replicas-to-write", "1");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).waiting()).isEqualTo("NOREPLICAS"));
        assertThat(count("heatwire_commit_waits_total", "stage", "copy", "cause", "NOREPLICAS"))
                .isPositive();
        redis.command("CONFIG", "SET", "min-replicas-to-write", "0");
        feed(10, 20);
        settled(20);
        assertThat(engine.health().stages().get(0).waiting()).isEmpty();
        assertThat(engine.health().stages().get(0).epochs()).isEqualTo(1);
        assertThat(count("heatwire_stage_failures_total", "stage", "copy")).isZero();
    }

    @Test
    void waitsInPlaceWhenItIsStartedWhileReplicasAreMissing() {
        feed(0, 10);
        redis.command("CONFIG", "SET", "min-replicas-to-write", "1");
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(count("heatwire_commit_waits_total", "stage", "copy", "cause", "NOREPLICAS"))
                                .isGreaterThan(3));
        assertThat(engine.health().stages().get(0).waiting()).isEqualTo("NOREPLICAS");
        redis.command("CONFIG", "SET", "min-replicas-to-write", "0");
        settled(10);
        assertThat(engine.health().stages().get(0).epochs()).isEqualTo(1);
        assertThat(count("heatwire_stage_failures_total", "stage", "copy")).isZero();
    }

    @Test
    void stopsAtOnceWhileReadsAreRefused() {
        start(KEEP, TestOperators.copyStage(TestOperators.source("c"), Map.of()));
        feed(0, 10);
        settled(10);
        redis.command("CONFIG", "SET", "min-replicas-to-write", "1");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(engine.health().stages().get(0).waiting()).isEqualTo("NOREPLICAS"));
        assertThat(engine.drain().block(PATIENCE).inTime()).isTrue();
    }
}
