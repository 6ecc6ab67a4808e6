package io.heatwire.operators.planid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PlanIdTest {

    @Test
    void hashesTheFingerprintOfTheContract() {
        assertThat(PlanId.of(
                        "BTCUSDT", "FULL_CLOSE_PROPOSED", 0.35, OptionalDouble.empty(), "2026-01-28T22:09:50.123456"))
                .hasValue("6770d48102f2bcb1");
    }

    @Test
    void writesAStopAsANumberAndNoneWithoutOne() {
        assertThat(PlanId.fingerprint("S", "A", 1e-7, OptionalDouble.of(0), "t"))
                .isEqualTo("S:A:0.000000:0.0:t");
        assertThat(PlanId.fingerprint("S", "A", 0.5, OptionalDouble.empty(), ""))
                .isEqualTo("S:A:0.500000:None:");
    }

    @Test
    void identifiesNoProposalWhoseKillScoreIsNotFinite() {
        assertThat(PlanId.of("S", "A", Double.NaN, OptionalDouble.empty(), "t")).isEmpty();
    }
}
