package io.heatwire.operators.windowcount;

import static io.heatwire.operators.entry.Configured.effects;
import static io.heatwire.operators.entry.Configured.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.declare.Output;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.operators.entry.Configured;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowCountTest {

    private static Configured counting(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putIfAbsent("key", Map.of("sensor", "event.sensor"));
        all.putIfAbsent("window_s", "60");
        all.putIfAbsent("ttl_s", "600");
        return Configured.of(WindowCountSpec.SPEC, all, Map.of("counts", "counts:{sensor}:{window}"));
    }

    private static final Configured SUMMING =
            counting(Map.of("sum", Map.of("centi", "int(double(event.celsius) * 100.0)")));

    private static Effect.Increment increment(Configured counting, Event event) {
        return (Effect.Increment) effects(counting.decide(event)).get(0);
    }

    @Test
    void countsAnEventInTheWindowOfItsOwnId() {
        Effect.Increment increment = increment(SUMMING, event("sensor", "s1", "celsius", "21.5"));
        assertThat(increment.key()).isEqualTo("counts:s1:60");
        assertThat(increment.ttlMs()).isEqualTo(600_000);
        assertThat(increment.output().fields()).containsExactly("count", "centi");
        assertThat(increment.amounts()).containsExactly(1L, 2150L);
    }

    @Test
    void aWindowBeginsWithItsFirstMillisecondAndEndsBeforeTheNext() {
        Map<String, String> fields = Map.of("sensor", "s1");
        Configured counting = counting(Map.of());
        assertThat(increment(counting, Event.of(new EntryId(119_999, 7), fields))
                        .key())
                .isEqualTo("counts:s1:60");
        assertThat(increment(counting, Event.of(new EntryId(120_000, 0), fields))
                        .key())
                .isEqualTo("counts:s1:120");
    }

    @Test
    void goesByTheTimeOfTheEventWhereItIsGiven() {
        Configured counting = counting(Map.of("at_ms", "int(event.ms)"));
        assertThat(increment(counting, event("sensor", "s1", "ms", "240001")).key())
                .isEqualTo("counts:s1:240");
        assertThat(increment(counting, event("sensor", "s1", "ms", "-1")).key()).isEqualTo("counts:s1:-60");
        assertThat(counting.decide(event("sensor", "s1", "ms", "soon")))
                .isEqualTo(Outcome.dead("expression_failed:int() cannot read 'soon' (character 1)"));
    }

    @Test
    void refusesAnEventThatGivesNoKeyOrNoNumber() {
        assertThat(SUMMING.decide(event("celsius", "1"))).isEqualTo(Outcome.dead("missing_field:sensor"));
        assertThat(SUMMING.decide(event("sensor", "s1", "celsius", "warm")))
                .isEqualTo(Outcome.dead("expression_failed:double() cannot read 'warm' (character 5)"));
    }

    @Test
    void itsKeyHasTheVariablesOfTheSettingAndTheWindow() {
        assertThat(((Output.ToCounters) SUMMING.spec().outputs().get(0)).variables())
                .containsExactly("sensor", "window");
    }

    @Test
    void refusesSettingsThatDoNotFitTogether() {
        assertThat(SUMMING.problems()).isEmpty();
        assertThat(counting(Map.of("sum", Map.of("t", "double(event.celsius)"))).problems())
                .containsExactly("t is a double, and only ints are summed up exactly");
        assertThat(counting(Map.of("sum", Map.of("count", "1"))).problems())
                .containsExactly("count is the number of events");
        assertThat(counting(Map.of("key", Map.of("window", "event.a"))).problems())
                .containsExactly("window is filled in by window_count itself");
        assertThat(counting(Map.of("ttl_s", "59")).problems())
                .containsExactly("a hash would be gone before its window is over");
        assertThat(counting(Map.of("at_ms", "event.ms")).problems()).containsExactly("a time in ms is an int");
        assertThat(counting(Map.of("ttl_s", "0")).problems()).isEmpty();
    }
}
