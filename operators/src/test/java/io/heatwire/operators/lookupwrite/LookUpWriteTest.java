package io.heatwire.operators.lookupwrite;

import static io.heatwire.operators.entry.Configured.effects;
import static io.heatwire.operators.entry.Configured.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.declare.Footprint;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.operators.entry.Configured;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LookUpWriteTest {

    private static Configured write(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("key", Map.of("sensor", "event.sensor"));
        all.putIfAbsent("ttl_s", "60");
        return Configured.of(LookUpWriteSpec.SPEC, all, Map.of("to", "latest:{sensor}"));
    }

    private static Map<String, String> latest() {
        Map<String, String> set = new LinkedHashMap<>();
        set.put("celsius", "event.celsius");
        set.put("ms", "entry.ms");
        return set;
    }

    @Test
    void writesTheWholeEventAsAHash() {
        Effect.PutHash put = (Effect.PutHash) effects(write(Map.of()).decide(event("sensor", "s1", "celsius", "3")))
                .get(0);
        assertThat(put.key()).isEqualTo("latest:s1");
        assertThat(put.ttlMs()).isEqualTo(60_000);
        assertThat(put.values()).isEmpty();
        assertThat(put.more()).containsExactly("sensor", "s1", "celsius", "3");
    }

    @Test
    void writesChosenFieldsOrderedByOneOfThem() {
        Configured write = write(Map.of("set", latest(), "newest_by", "ms"));
        Effect.PutHash put = (Effect.PutHash)
                effects(write.decide(event("sensor", "s1", "celsius", "3"))).get(0);
        assertThat(put.output().fields()).containsExactly("celsius", "ms");
        assertThat(put.output().newestBy()).isEqualTo("ms");
        assertThat(put.values()).containsExactly("3", "90123");
        assertThat(put.order()).isEqualTo(90_123);
        assertThat(put.more()).isEmpty();
    }

    @Test
    void writesAString() {
        Configured write = write(Map.of("type", "value", "value", "event.celsius + ' C'", "ttl_s", "0"));
        assertThat(effects(write.decide(event("sensor", "s1", "celsius", "3"))))
                .containsExactly(new Effect.PutValue(
                        new Output.ToValue(
                                "to",
                                List.of("sensor"),
                                null,
                                write.spec().outputs().get(0).help()),
                        "latest:s1",
                        0,
                        "3 C"));
    }

    @Test
    void refusesAnEventThatGivesNoKeyOrNoValue() {
        Configured write = write(Map.of("set", latest()));
        assertThat(write.decide(event("celsius", "3"))).isEqualTo(Outcome.dead("missing_field:sensor"));
        assertThat(write.decide(event("sensor", "s1"))).isEqualTo(Outcome.dead("missing_field:celsius"));
        assertThat(write.decide(event("sensor", ""))).isEqualTo(Outcome.dead("no_key:sensor is empty"));
    }

    @Test
    void refusesSettingsThatDoNotFitTogether() {
        assertThat(write(Map.of("type", "value")).problems()).containsExactly("the value is not given");
        assertThat(write(Map.of("value", "event.a")).problems()).containsExactly("a hash has no value");
        assertThat(write(Map.of("type", "value", "value", "event.a", "set", latest()))
                        .problems())
                .containsExactly("a string has no fields");
        assertThat(write(Map.of("set", latest(), "newest_by", "seconds")).problems())
                .containsExactly("set has no field seconds");
        assertThat(write(Map.of("set", latest(), "newest_by", "celsius")).problems())
                .containsExactly("celsius is a string");
    }

    @Test
    void saysWhatItReadsAndWrites() {
        Configured whole = write(Map.of());
        assertThat(whole.spec().footprintOf(whole.config()).carried())
                .containsEntry("to", Footprint.Carried.EVERYTHING);
        Configured chosen = write(Map.of("set", latest()));
        assertThat(chosen.spec().footprintOf(chosen.config()).needed()).containsExactly("celsius", "sensor");
        assertThat(chosen.spec().footprintOf(chosen.config()).carried()).isEmpty();
    }
}
