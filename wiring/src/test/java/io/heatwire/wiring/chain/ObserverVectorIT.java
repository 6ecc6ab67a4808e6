package io.heatwire.wiring.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.TestRedis;
import io.heatwire.operators.heatobserver.EarlyCase;
import io.heatwire.operators.heatobserver.LateCase;
import io.heatwire.operators.heatobserver.ReconcileCase;
import io.heatwire.operators.world.GoldenVectors;
import io.heatwire.wiring.WiringResult;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Recorded cases of the observers through the shipped stages on a real Redis. */
class ObserverVectorIT {

    private static final String AT_ONCE = "reconcile_close_consume";
    private static final String LATE = "publish_plan_post";
    private static final String RECONCILE = "quantum:stream:reconcile.close";
    private static final String PLANS = "quantum:stream:apply.plan";
    private static final int PLAIN_CASES = 20;

    private static TestRedis redis;
    private static VectorRedis vectors;

    @BeforeAll
    static void startRedis() {
        redis = TestRedis.start();
        vectors = new VectorRedis(redis);
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    /** The stage that looks at once, at the point that the case names. */
    @TestFactory
    Stream<DynamicTest> observesAtOnceInRedisAsRecordedOrAsTheDeparturesSay() {
        return tests("early", vector -> new EarlyCase(vector).isExpressible(), vector -> {
            EarlyCase given = new EarlyCase(vector);
            if (given.mustBeRefused()) {
                refuses(AT_ONCE, given.settings());
            } else {
                run(AT_ONCE, RECONCILE, vector, false, given::verify);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> observesLateInRedisAsRecordedOrAsTheDeparturesSay() {
        return tests("late", vector -> new LateCase(vector).isExpressible(), vector -> {
            LateCase given = new LateCase(vector);
            if (given.mustBeRefused()) {
                refuses(LATE, given.settings());
            } else {
                run(LATE, PLANS, vector, true, given::verify);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> observesReconciledClosesInRedisAsRecordedOrAsTheDeparturesSay() {
        return tests("reconcile", vector -> true, vector -> {
            ReconcileCase given = new ReconcileCase(vector);
            if (given.mustBeRefused()) {
                refuses(AT_ONCE, given.settings());
            } else {
                run(AT_ONCE, RECONCILE, vector, false, given::verify);
            }
        });
    }

    private static Stream<DynamicTest> tests(
            String kind, Predicate<GoldenVectors.Case> expressible, Consumer<GoldenVectors.Case> test) {
        return VectorSample.tests(
                "observer.jsonl",
                PLAIN_CASES,
                vector -> vector.given().get("kind").getAsString().equals(kind) && expressible.test(vector),
                test);
    }

    private static void refuses(String stage, Map<String, String> settings) {
        assertThat(LiveStage.load(redis, settings, stage)).isInstanceOf(WiringResult.Refused.class);
    }

    private static void run(
            String stage, String input, GoldenVectors.Case vector, boolean waits, Consumer<LiveObserver> play) {
        vectors.clear();
        try (LiveObserver live = new LiveObserver(redis, vectors, stage, input, vector.nowMs(), waits)) {
            play.accept(live);
        }
    }
}
