package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.engine.health.CoverageHealth;
import io.heatwire.engine.health.Status;
import io.heatwire.engine.plan.CoveragePlan;
import io.heatwire.engine.plan.CoveragePlan.Place;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.heatwire.engine.plan.WatchPlan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoverageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Place OUT = new Place.InStream("out", Map.of());

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private Engine start(TestRedis redis, CoveragePlan... pairs) {
        Engine engine = Engine.of(
                TestOperators.plan(
                                redis.plan(),
                                new Policy.Keep(100_000),
                                TestOperators.copyStage(TestOperators.source("c"), Map.of()))
                        .watchedBy(new WatchPlan(Map.of(), 10_000, 15_000, List.of(pairs))),
                registry);
        engine.start().block(PATIENCE);
        return engine;
    }

    private static CoveragePlan pair(String name, String of, Place in) {
        return new CoveragePlan(name, of, "n", in, 500, 60_000, 0.9, 3_000);
    }

    private static CoverageHealth health(Engine engine, String pair) {
        return engine.health().flow().coverage().stream()
                .filter(each -> each.pair().equals(pair))
                .findFirst()
                .orElseThrow();
    }

    private double gauge(String name, String pair) {
        return registry.get(name).tag("pair", pair).gauge().value();
    }

    @Test
    void findsCounterpartsInStreamsAndAtKeysAndByCondition() {
        try (TestRedis redis = TestRedis.start()) {
            Engine engine = start(
                    redis,
                    pair("stream", "in", OUT),
                    pair("key", "in", new Place.AtKey(KeyTemplate.parse("by_id:{n}"))),
                    pair("unseen", "in", new Place.InStream("out", Map.of("seen", "none"))),
                    pair("hot", "in", new Place.InStream("out", Map.of("seen", "hot"))));
            assertThat(gauge("heatwire_coverage_ratio", "stream")).isEqualTo(-1);
            for (int n = 0; n < 300; n++) {
                redis.add("in", "n", "" + n);
            }
            for (String pair : List.of("stream", "key", "unseen")) {
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(health(engine, pair).expected()).isEqualTo(100));
                assertThat(health(engine, pair).found()).isEqualTo(100);
                assertThat(gauge("heatwire_coverage_ratio", pair)).isEqualTo(1);
            }
            await().atMost(PATIENCE).until(() -> health(engine, "hot").isAlarm());
            assertThat(health(engine, "hot").found()).isZero();
            assertThat(engine.health().status()).isEqualTo(Status.DEGRADED);
            engine.drain().block(PATIENCE);
        }
    }

    @Test
    void warnsOnceWhenTooMuchIsMissingAndSaysWhenItIsThereAgain() {
        try (TestRedis redis = TestRedis.start();
                LogLines log = LogLines.open()) {
            Engine engine = start(redis, pair("elsewhere", "other", OUT));
            for (int n = 0; n < 10; n++) {
                redis.add("other", "n", "x" + n);
            }
            redis.add("in", "n", "x0");
            await().atMost(PATIENCE).until(() -> health(engine, "elsewhere").isAlarm());
            assertThat(health(engine, "elsewhere").why())
                    .isEqualTo("1 of the newest 10 entries of other older than 0 s are in out (10.0 %)");
            assertThat(gauge("heatwire_coverage_expected", "elsewhere")).isEqualTo(10);
            assertThat(gauge("heatwire_coverage_found", "elsewhere")).isEqualTo(1);

            for (int n = 1; n < 10; n++) {
                redis.add("in", "n", "x" + n);
            }
            await().atMost(PATIENCE).until(() -> !health(engine, "elsewhere").isAlarm());
            assertThat(engine.health().status()).isEqualTo(Status.OK);
            assertThat(log.from(Level.WARN).stream().filter(line -> line.startsWith("elsewhere: ")))
                    .hasSize(1);
            engine.drain().block(PATIENCE);
        }
    }

    @Test
    void whatComesAgainAndHadItsCounterpartTheFirstTimeIsCovered() {
        try (TestRedis redis = TestRedis.start()) {
            Engine engine = start(redis, pair("again", "other", OUT));
            redis.add("in", "n", "early");
            await().atMost(PATIENCE).until(() -> redis.number("XLEN", "out") == 1);
            redis.add("other", "n", "early");
            redis.add("other", "n", "never");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(health(engine, "again").expected()).isEqualTo(2));
            assertThat(health(engine, "again").found()).isEqualTo(1);
            engine.drain().block(PATIENCE);
        }
    }

    @Test
    void blamesNobodyForWhatTheOtherStreamHasTrimmedAway() {
        try (TestRedis redis = TestRedis.start()) {
            for (int n = 0; n < 50; n++) {
                redis.add("in", "n", "" + n);
            }
            Engine engine = start(redis, pair("stream", "in", OUT));
            await().atMost(PATIENCE).until(() -> health(engine, "stream").found() == 50);
            redis.command("XTRIM", "out", "MAXLEN", "=", "0");
            await().atMost(PATIENCE).until(() -> health(engine, "stream").found() == 0);
            assertThat(health(engine, "stream").expected()).isZero();
            assertThat(health(engine, "stream").isAlarm()).isFalse();
            engine.drain().block(PATIENCE);
        }
    }
}
