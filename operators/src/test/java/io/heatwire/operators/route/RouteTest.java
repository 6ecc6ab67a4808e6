package io.heatwire.operators.route;

import static io.heatwire.operators.entry.Configured.appended;
import static io.heatwire.operators.entry.Configured.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.declare.Output;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.operators.entry.Configured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteTest {

    private static Configured route(String unmatched, String... rules) {
        Map<String, String> block = new LinkedHashMap<>();
        for (int i = 0; i < rules.length; i += 2) {
            block.put(rules[i], rules[i + 1]);
        }
        return Configured.of(RouteSpec.SPEC, Map.of("rules", block, "unmatched", unmatched), Map.of());
    }

    private static Configured alarms(String unmatched) {
        return route(unmatched, "fire", "int(event.celsius) > 80", "hot", "int(event.celsius) > 40");
    }

    @Test
    void theFirstRuleThatMatchesDecides() {
        Outcome outcome = alarms("drop").decide(event("celsius", "90"));
        assertThat(appended(outcome)).isEqualTo("fire: celsius=90");
        assertThat(((Outcome.Apply) outcome).signals()).containsExactly(Signal.count(RouteSpec.EVENTS, "here", "fire"));
        assertThat(appended(alarms("drop").decide(event("celsius", "50")))).isEqualTo("hot: celsius=50");
    }

    @Test
    void whatNoRuleMatchesIsCountedSentOnOrRefused() {
        assertThat(alarms("drop").decide(event("celsius", "1")))
                .isEqualTo(Outcome.nothing(List.of(Signal.count(RouteSpec.EVENTS, "here", "drop"))));
        assertThat(appended(alarms("rest").decide(event("celsius", "1")))).isEqualTo("rest: celsius=1");
        assertThat(alarms("dead").decide(event("celsius", "1"))).isEqualTo(Outcome.dead("no_rule:no rule matches"));
    }

    @Test
    void aRuleThatCannotJudgeRefusesTheEvent() {
        assertThat(alarms("rest").decide(event("sensor", "s1"))).isEqualTo(Outcome.dead("missing_field:celsius"));
    }

    @Test
    void eachRuleIsAPortAndSoIsTheRestWhenItIsWanted() {
        assertThat(alarms("drop").spec().outputs()).extracting(Output::port).containsExactly("fire", "hot");
        assertThat(alarms("rest").spec().outputs()).extracting(Output::port).containsExactly("fire", "hot", "rest");
    }

    @Test
    void refusesNamesThatCannotBePorts() {
        assertThat(route("drop", "rest", "true", "Hot", "true").problems())
                .containsExactly("'rest' cannot be the name of a rule", "'Hot' cannot be the name of a rule");
        assertThat(route("drop").problems()).containsExactly("there are 0 rules");
    }
}
