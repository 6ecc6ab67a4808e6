package io.heatwire.operators.map;

import static io.heatwire.operators.entry.Configured.appended;
import static io.heatwire.operators.entry.Configured.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.Footprint;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.operators.entry.Configured;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FieldMapTest {

    private static Configured map(Map<String, Object> settings) {
        return Configured.of(FieldMapSpec.SPEC, settings, Map.of());
    }

    private static final Configured UNITS = map(Map.of(
            "rename", Map.of("id", "sensor"),
            "drop", "raw, checksum",
            "set", Map.of("celsius", "(double(event.fahrenheit) - 32.0) * 5.0 / 9.0")));

    @Test
    void renamesDropsAndSetsAndKeepsTheOrder() {
        assertThat(appended(UNITS.decide(event("id", "s1", "raw", "?", "fahrenheit", "212", "site", "a"))))
                .isEqualTo("out: sensor=s1 fahrenheit=212 site=a celsius=100");
    }

    @Test
    void setsAFieldThatIsThereInItsPlace() {
        Configured twice = map(Map.of("set", Map.of("n", "int(event.n) * 2")));
        assertThat(appended(twice.decide(event("n", "4", "x", "y")))).isEqualTo("out: n=8 x=y");
    }

    @Test
    void aRenamedFieldReplacesOneThatHadTheName() {
        Configured renaming = map(Map.of("rename", Map.of("new", "old")));
        assertThat(appended(renaming.decide(event("old", "1", "new", "2")))).isEqualTo("out: old=2");
        assertThat(appended(renaming.decide(event("old", "1")))).isEqualTo("out: old=1");
    }

    @Test
    void swapsTwoFields() {
        Configured swapping = map(Map.of("rename", Map.of("a", "b", "b", "a")));
        assertThat(appended(swapping.decide(event("a", "1", "b", "2")))).isEqualTo("out: b=1 a=2");
    }

    @Test
    void refusesAnEventWithoutAValueOrWithoutAField() {
        assertThat(UNITS.decide(event("id", "s1"))).isEqualTo(Outcome.dead("missing_field:fahrenheit"));
        assertThat(map(Map.of("drop", "a")).decide(event("a", "1")))
                .isEqualTo(Outcome.dead("no_fields:every field was dropped"));
    }

    @Test
    void refusesSettingsThatDoNotFitTogether() {
        assertThat(map(Map.of()).problems()).containsExactly("nothing is renamed, dropped or set");
        assertThat(map(Map.of("rename", Map.of("a", "b"), "drop", "a")).problems())
                .containsExactly("a is both renamed and dropped");
        assertThat(map(Map.of("rename", Map.of("a", "b"), "set", Map.of("b", "1")))
                        .problems())
                .containsExactly("field b gets two values");
        assertThat(map(Map.of("rename", Map.of("a", ""))).problems()).containsExactly("the new name of a is empty");
        assertThat(UNITS.problems()).isEmpty();
    }

    @Test
    void saysWhatItReadsAndHandsOn() {
        Footprint footprint = UNITS.spec().footprintOf(UNITS.config());
        assertThat(footprint.input()).extracting(FieldSpec::name).containsExactly("fahrenheit", "id");
        assertThat(footprint.needed()).containsExactly("fahrenheit");
        assertThat(footprint.carried())
                .containsEntry(
                        "out",
                        new Footprint.Carried(
                                Set.of("raw", "checksum"), Map.of("id", "sensor"), Set.of("celsius"), Set.of()));
    }
}
