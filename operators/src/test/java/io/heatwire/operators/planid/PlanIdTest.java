package io.heatwire.operators.planid;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void isComputedForAProposalThatCarriesItsPartsWithOrWithoutAStop() {
        Map<String, String> proposal = proposal();
        assertThat(PlanId.ofProposal(event(proposal), "FULL_CLOSE_PROPOSED")).hasValue("6770d48102f2bcb1");

        proposal.put("new_sl_proposed", "None");
        assertThat(PlanId.ofProposal(event(proposal), "FULL_CLOSE_PROPOSED")).hasValue("6770d48102f2bcb1");

        proposal.put("new_sl_proposed", "43250.1");
        assertThat(PlanId.ofProposal(event(proposal), "FULL_CLOSE_PROPOSED"))
                .hasValue(PlanId.of("BTCUSDT", "FULL_CLOSE_PROPOSED", 0.35, OptionalDouble.of(43250.1), AT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"symbol", "kill_score", "computed_at_utc"})
    void isNotComputedWithoutOneOfTheOtherParts(String part) {
        Map<String, String> absent = proposal();
        absent.remove(part);
        Map<String, String> empty = proposal();
        empty.put(part, "");

        assertThat(PlanId.ofProposal(event(absent), "FULL_CLOSE_PROPOSED")).isEmpty();
        assertThat(PlanId.ofProposal(event(empty), "FULL_CLOSE_PROPOSED")).isEmpty();
        assertThat(PlanId.ofProposal(event(proposal()), "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "nan", "inf"})
    void isNotComputedFromAScoreThatIsNoFiniteNumber(String score) {
        Map<String, String> proposal = proposal();
        proposal.put("kill_score", score);

        assertThat(PlanId.ofProposal(event(proposal), "FULL_CLOSE_PROPOSED")).isEmpty();
    }

    private static Map<String, String> proposal() {
        return new HashMap<>(Map.of("symbol", "BTCUSDT", "kill_score", "0.35", "computed_at_utc", AT));
    }

    private static Event event(Map<String, String> fields) {
        return Event.of(new EntryId(1, 0), fields);
    }

    @Test
    void tellsNoStopFromAStopAtZero() {
        assertThat(PlanId.fingerprint("X", "HOLD", 0.5, OptionalDouble.empty(), ""))
                .isEqualTo("X:HOLD:0.500000:None:");
        assertThat(PlanId.fingerprint("X", "HOLD", 0.5, OptionalDouble.of(0), ""))
                .isEqualTo("X:HOLD:0.500000:0.0:");
    }
}
