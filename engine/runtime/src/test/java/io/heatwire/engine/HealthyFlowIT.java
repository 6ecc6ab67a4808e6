package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.heatwire.engine.edge.EdgeState;
import io.heatwire.engine.health.CoverageHealth;
import io.heatwire.engine.health.EdgeHealth;
import io.heatwire.engine.health.Flow;
import io.heatwire.engine.health.StageAccount;
import io.heatwire.engine.plan.CoveragePlan;
import io.heatwire.engine.plan.CoveragePlan.Place;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.heatwire.engine.plan.WatchPlan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * A run in which nothing is wrong, at uneven load: bursts, trickles, and silences that are normal. Nothing may be said of it. For ten
 * minutes: {@code -Dheatwire.healthy.seconds=600}.
 */
class HealthyFlowIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long SECONDS = Long.getLong("heatwire.healthy.seconds", 20);
    private static final long PACE_MS = 12_000;

    private final Random random = new Random(7);
    private long n;

    @Test
    void raisesNoFalseAlarm() {
        try (TestRedis redis = TestRedis.start();
                LogLines log = LogLines.open()) {
            EnginePlan plan = TestOperators.plan(
                            redis.plan(),
                            new Policy.Keep(20_000),
                            TestOperators.copyStage(TestOperators.source("c"), Map.of()),
                            TestOperators.lateStage(
                                    new io.heatwire.engine.plan.SourcePlan.FromStream(
                                            "in", "late", "c", 100, 200, 30_000, 16, Map.of("number", "n")),
                                    Map.of("max_wait_ms", 2_000L)))
                    .watchedBy(new WatchPlan(
                            Map.of("in", PACE_MS, "out", PACE_MS),
                            WatchPlan.USUAL.starvedAfterMs(),
                            WatchPlan.USUAL.stalledAfterMs(),
                            List.of(
                                    pair("copied", new Place.InStream("out", Map.of("seen", "none"))),
                                    pair(
                                            "keyed",
                                            new Place.AtKey(
                                                    io.heatwire.contract.lookup.KeyTemplate.parse("by_id:{n}"))))));
            Engine engine = Engine.of(plan, new SimpleMeterRegistry());
            engine.start().block(PATIENCE);
            feed(redis, 1);
            await().atMost(PATIENCE).until(() -> engine.health().ready());
            Set<String> said = new TreeSet<>();
            long end = System.nanoTime() + SECONDS * 1_000_000_000L;
            while (System.nanoTime() < end) {
                feed(redis, random.nextInt(4) == 0 ? 500 + random.nextInt(1_500) : random.nextInt(20));
                long until = System.nanoTime() + pauseMs() * 1_000_000L;
                await().pollInterval(Duration.ofMillis(100)).atMost(PATIENCE).until(() -> {
                    said.addAll(wrong(engine.health().flow()));
                    return System.nanoTime() > until;
                });
            }
            assertThat(said)
                    .as("what was said in %s s with %s entries", SECONDS, n)
                    .isEmpty();
            assertThat(log.from(Level.WARN)).isEmpty();
            assertThat(engine.health().flow().coverage())
                    .allSatisfy(pair -> assertThat(pair.ratio()).as(pair.why()).isEqualTo(1));
            engine.drain().block(PATIENCE);
        }
    }

    private long pauseMs() {
        return random.nextInt(6) == 0 ? 3_000 + random.nextInt(5_000) : random.nextInt(400);
    }

    private static CoveragePlan pair(String name, Place in) {
        return new CoveragePlan(name, "in", "n", in, 3_000, 60_000, 1, 0);
    }

    private void feed(TestRedis redis, int entries) {
        for (int i = 0; i < entries; i++) {
            redis.add("in", "n", "" + n++);
        }
    }

    private static List<String> wrong(Flow flow) {
        List<String> wrong = new ArrayList<>();
        for (EdgeHealth edge : flow.edges()) {
            if (!edge.isWell() || edge.state() == EdgeState.UNKNOWN) {
                wrong.add(edge.from() + " -> " + edge.to() + " " + edge.state() + ": " + edge.why());
            }
        }
        for (StageAccount account : flow.accounts()) {
            if (account.unaccounted() != 0) {
                wrong.add(account.toString());
            }
        }
        for (CoverageHealth pair : flow.coverage()) {
            if (pair.isAlarm()) {
                wrong.add(pair.toString());
            }
        }
        return wrong;
    }
}
