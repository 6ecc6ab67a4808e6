package io.heatwire.operators.heatobserver;

import io.heatwire.operators.world.GoldenVectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every recorded case of the observers: at once, late, and on the consumption of reconcile.close. */
class ObserverVectorTest {

    @TestFactory
    Stream<DynamicTest> observesAtOnceAsRecordedOrAsTheDeparturesSay() {
        return tests("early", vector -> new EarlyCase(vector).verify());
    }

    @TestFactory
    Stream<DynamicTest> observesLateAsRecordedOrAsTheDeparturesSay() {
        return tests("late", vector -> new LateCase(vector).verify());
    }

    @TestFactory
    Stream<DynamicTest> observesReconciledClosesAsRecordedOrAsTheDeparturesSay() {
        return tests("reconcile", vector -> new ReconcileCase(vector).verify());
    }

    private static Stream<DynamicTest> tests(String kind, java.util.function.Consumer<GoldenVectors.Case> test) {
        return GoldenVectors.tests(
                "observer.jsonl",
                vector -> vector.given().get("kind").getAsString().equals(kind),
                test);
    }
}
