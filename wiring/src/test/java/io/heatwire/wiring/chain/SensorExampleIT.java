package io.heatwire.wiring.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.Engine;
import io.heatwire.engine.TestRedis;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example that has nothing to do with trading, stage by stage on a real Redis: every generic operator in one wiring. */
class SensorExampleIT {

    private static final Path EXAMPLE = Path.of("../ops/etc/examples/sensors.yaml");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** The first millisecond of a minute. */
    private static final long MINUTE = 1_795_340_220_000L;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestRedis redis;
    private EnginePlan plan;
    private Engine engine;

    @BeforeEach
    void start() {
        redis = TestRedis.start();
        WiringResult result = Wiring.load(
                EXAMPLE,
                Map.of(
                        "REDIS_HOST",
                        redis.server().host(),
                        "REDIS_PORT",
                        Integer.toString(redis.server().port()),
                        "REDIS_PASSWORD",
                        redis.server().password()),
                OperatorCatalog.all());
        assertThat(result.render()).isEmpty();
        plan = ((WiringResult.Ready) result).plan().engine();
        run();
    }

    @AfterEach
    void stop() {
        engine.drain().block(PATIENCE);
        redis.close();
    }

    private void run() {
        engine = Engine.of(plan, registry);
        engine.start().block(PATIENCE);
    }

    private void reading(long ms, String sensor, int seq, String fahrenheit) {
        redis.add("sensors:readings", "id", sensor, "seq", "" + seq, "ms", "" + ms, "fahrenheit", fahrenheit);
    }

    private void settle() {
        for (var stage : plan.stages()) {
            SourcePlan.FromStream source = (SourcePlan.FromStream) stage.source();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(GroupState.isDone(redis, source)).isTrue());
        }
    }

    private double count(String meter, String... tags) {
        return registry.get(meter).tags(tags).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void eachReadingGoesItsWay() {
        redis.command("HSET", "sensor:s1", "room", "12", "floor", "3", "owner", "x");
        redis.command("HSET", "sensor:s2", "room", "cold store", "floor", "0");
        reading(MINUTE, "s1", 1, "212");
        reading(MINUTE + 1, "s1", 1, "212");
        reading(MINUTE + 2, "s1", 2, "999");
        reading(MINUTE + 3, "s1", 3, "broken");
        reading(MINUTE + 4, "s2", 4, "14");
        reading(MINUTE + 5, "s3", 5, "14");
        reading(MINUTE + 60_000, "s1", 6, "69.8");
        reading(MINUTE + 59_999, "s1", 7, "68");
        settle();

        assertThat(redis.entries("sensors:placed"))
                .extracting(SensorExampleIT::placed)
                .containsExactly("s1 100 12 3", "s2 -10 cold store 0", "s3 -10 - -", "s1 21 12 3", "s1 20 12 3");
        assertThat(redis.entries("sensors:alarms:fire")).extracting("celsius").containsExactly("100");
        assertThat(redis.entries("sensors:alarms:frost")).extracting("sensor").containsExactly("s3");
        assertThat(redis.entries("sensors:first:dead:plausible"))
                .extracting("heatwire_reason")
                .containsExactly("expression_failed:double() cannot read 'broken' (character 1)");
        assertThat(count("heatwire_dedupe_events_total", "stage", "once", "result", "repeated"))
                .isEqualTo(1);
        assertThat(count("heatwire_filter_events_total", "stage", "plausible", "result", "dropped"))
                .isEqualTo(1);
        assertThat(count("heatwire_route_events_total", "stage", "alarms", "rule", "frost"))
                .isEqualTo(1);
        assertThat(count("heatwire_route_events_total", "stage", "alarms", "rule", "drop"))
                .isEqualTo(3);
        assertThat(count("heatwire_lookup_join_events_total", "result", "missing"))
                .isEqualTo(1);
        assertThat(redis.hash("sensors:latest:s1")).isEqualTo(Map.of("celsius", "21", "ms", "" + (MINUTE + 60_000)));
        assertThat(redis.number("TTL", "sensors:latest:s1")).isBetween(3_000L, 3_600L);
        assertThat(redis.hash("sensors:per_minute:s1:" + MINUTE / 1000))
                .isEqualTo(Map.of("count", "2", "centi_celsius", "12000"));
        assertThat(redis.hash("sensors:per_minute:s1:" + (MINUTE / 1000 + 60)))
                .isEqualTo(Map.of("count", "1", "centi_celsius", "2100"));
    }

    private static String placed(Map<String, String> entry) {
        return entry.get("sensor") + " " + entry.get("celsius") + " " + entry.getOrDefault("room", "-") + " "
                + entry.getOrDefault("floor", "-");
    }

    /** Each loss of all connections leaves commits without a reply and entries that are delivered once more. */
    @Test
    void theWindowsCountEachReadingOnceThoughConnectionsAreLostAgainAndAgain() {
        int readings = 900;
        for (int i = 0; i < readings; i++) {
            reading(MINUTE + i * 1000L, "s1", i, "50");
            if (i % 60 == 30) {
                redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            }
        }
        settle();
        assertThat(count("heatwire_stage_failures_total")).isGreaterThan(0);
        assertThat(redis.entries("sensors:celsius")).hasSize(readings);
        for (int minute = 0; minute < readings / 60; minute++) {
            assertThat(redis.hash("sensors:per_minute:s1:" + (MINUTE / 1000 + 60 * minute)))
                    .isEqualTo(Map.of("count", "60", "centi_celsius", "60000"));
        }
    }
}
