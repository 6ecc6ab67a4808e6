package io.heatwire.operators.filter;

import static io.heatwire.operators.entry.Configured.appended;
import static io.heatwire.operators.entry.Configured.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.Footprint;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.operators.entry.Configured;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FilterTest {

    private static final Configured WARM =
            Configured.of(FilterSpec.SPEC, Map.of("where", "double(event.celsius) > 20.0"), Map.of());

    @Test
    void handsOnWhatMatchesAsItCame() {
        Outcome outcome = WARM.decide(event("sensor", "s1", "celsius", "21.5"));
        assertThat(appended(outcome)).isEqualTo("out: sensor=s1 celsius=21.5");
        assertThat(((Outcome.Apply) outcome).signals())
                .containsExactly(Signal.count(FilterSpec.EVENTS, "here", "passed"));
    }

    @Test
    void acknowledgesAndCountsWhatDoesNot() {
        assertThat(WARM.decide(event("celsius", "3")))
                .isEqualTo(Outcome.nothing(List.of(Signal.count(FilterSpec.EVENTS, "here", "dropped"))));
    }

    @Test
    void refusesWhatTheConditionCannotJudge() {
        assertThat(WARM.decide(event("sensor", "s1"))).isEqualTo(Outcome.dead("missing_field:celsius"));
        assertThat(WARM.decide(event("celsius", "warm")))
                .isEqualTo(Outcome.dead("expression_failed:double() cannot read 'warm' (character 1)"));
    }

    @Test
    void keepsRepeatedFields() {
        byte[] values = "21ab".getBytes(StandardCharsets.UTF_8);
        Event twice = Event.compact(new EntryId(1, 0), new String[] {"celsius", "x", "x"}, values, new int[] {2, 3, 4});
        assertThat(appended(WARM.decide(twice))).isEqualTo("out: celsius=21 x=a x=b");
    }

    @Test
    void saysWhatItReadsAndHandsOn() {
        Footprint footprint = WARM.spec().footprintOf(WARM.config());
        assertThat(footprint.input()).extracting(FieldSpec::name).containsExactly("celsius");
        assertThat(footprint.needed()).containsExactly("celsius");
        assertThat(footprint.carried()).containsEntry("out", Footprint.Carried.EVERYTHING);
    }
}
