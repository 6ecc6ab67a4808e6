package io.heatwire.operators.planid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PlanIdTest {

    private static final String AT = "2026-01-28T22:09:50.123456";

    @Test
    void isTheOneTheDocumentsName() {
        assertThat(PlanId.of("BTCUSDT", "FULL_CLOSE_PROPOSED", 0.35, OptionalDouble.empty(), AT))
                .isEqualTo("6770d48102f2bcb1");
    }

    @Test
    void writesTheScoreWithSixDecimalsAndTheStopInFull() {
        assertThat(PlanId.fingerprint("ETHUSDT", "UPDATE_SL", 1e-7, OptionalDouble.of(43250.1), AT))
                .isEqualTo("ETHUSDT:UPDATE_SL:0.000000:43250.1:" + AT);
    }

    @Test
    void tellsNoStopFromAStopAtZero() {
        assertThat(PlanId.fingerprint("X", "HOLD", 0.5, OptionalDouble.empty(), ""))
                .isEqualTo("X:HOLD:0.500000:None:");
        assertThat(PlanId.fingerprint("X", "HOLD", 0.5, OptionalDouble.of(0), ""))
                .isEqualTo("X:HOLD:0.500000:0.0:");
    }
}
