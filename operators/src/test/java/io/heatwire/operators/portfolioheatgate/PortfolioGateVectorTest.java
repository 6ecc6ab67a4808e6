package io.heatwire.operators.portfolioheatgate;

import io.heatwire.operators.world.GoldenVectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every recorded case of the portfolio heat gate, of both versions of the reference. */
class PortfolioGateVectorTest {

    @TestFactory
    Stream<DynamicTest> calibratesAsRecordedOrAsTheDeparturesSay() {
        return GoldenVectors.tests(
                "portfolio_gate.jsonl", vector -> true, vector -> new PortfolioGateCase(vector).verify());
    }
}
