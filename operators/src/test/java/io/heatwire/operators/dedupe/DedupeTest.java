package io.heatwire.operators.dedupe;

import static io.heatwire.operators.entry.Configured.appended;
import static io.heatwire.operators.entry.Configured.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.effect.Once;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.operators.entry.Configured;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DedupeTest {

    private static Configured dedupe(Map<String, Object> settings) {
        return Configured.of(DedupeSpec.SPEC, settings, Map.of("seen", "seen:{site}:{sensor}"));
    }

    private static final Map<String, String> KEY = Map.of("site", "event.site", "sensor", "event.sensor");
    private static final Configured MINUTE = dedupe(Map.of("key", KEY, "window_s", "60"));

    @Test
    void letsTheGuardOfTheCommitDecide() {
        Outcome outcome = MINUTE.decide(event("site", "a", "sensor", "s1"));
        assertThat(appended(outcome)).isEqualTo("out: site=a sensor=s1");
        Outcome.Apply apply = (Outcome.Apply) outcome;
        assertThat(apply.once()).isEqualTo(new Once("seen:a:s1", 60_000, "90123-1"));
        assertThat(apply.signals()).containsExactly(Signal.count(DedupeSpec.EVENTS, "here", "first"));
        assertThat(apply.ifDuplicate()).containsExactly(Signal.count(DedupeSpec.EVENTS, "here", "repeated"));
    }

    @Test
    void refusesAnEventThatHasNoKey() {
        assertThat(MINUTE.decide(event("site", "a"))).isEqualTo(Outcome.dead("missing_field:sensor"));
        assertThat(MINUTE.decide(event("site", "a", "sensor", ""))).isEqualTo(Outcome.dead("no_key:sensor is empty"));
        assertThat(MINUTE.decide(event("site", "a", "sensor", "s".repeat(513))))
                .isEqualTo(Outcome.dead("no_key:sensor is longer than 512"));
    }

    @Test
    void takesItsWindowInOneUnit() {
        assertThat(MINUTE.problems()).isEmpty();
        assertThat(dedupe(Map.of("key", KEY)).problems()).containsExactly("the window is not given");
        assertThat(dedupe(Map.of("key", KEY, "window_s", "1", "window_ms", "5")).problems())
                .containsExactly("the window is given in ms and in s");
        assertThat(dedupe(Map.of("key", Map.of("Site", "event.a"), "window_ms", "5"))
                        .problems())
                .containsExactly("'Site' cannot be a variable of a key template");
    }

    @Test
    void itsMarkerHasTheVariablesOfTheSetting() {
        List<LookUpSpec> lookUps = MINUTE.spec().lookUps();
        assertThat(lookUps.get(0).variables()).containsExactlyInAnyOrder("site", "sensor");
    }
}
