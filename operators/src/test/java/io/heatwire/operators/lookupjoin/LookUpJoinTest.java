package io.heatwire.operators.lookupjoin;

import static io.heatwire.operators.entry.Configured.appended;
import static io.heatwire.operators.entry.Configured.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.operators.entry.Configured;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LookUpJoinTest {

    private static final Event EVENT = event("sensor", "s1", "place_room", "?");
    private static final LookUp KEY = new LookUp.Hash("sensor:s1");

    private static Configured join(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("key", Map.of("sensor", "event.sensor"));
        return Configured.of(LookUpJoinSpec.SPEC, all, Map.of("from", "sensor:{sensor}"));
    }

    private static Found hash() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("room", "12");
        fields.put("floor", "3");
        return new Found(Map.of(KEY, new Answer.Fields(fields)));
    }

    @Test
    void asksForTheHashOfTheEvent() {
        assertThat(join(Map.of()).operator().lookUps(EVENT)).containsExactly(KEY);
        assertThat(join(Map.of()).operator().lookUps(event("x", "y"))).isEmpty();
    }

    @Test
    void addsAllFieldsOrThoseThatAreChosen() {
        Outcome all = join(Map.of()).decide(EVENT, hash());
        assertThat(appended(all)).isEqualTo("out: sensor=s1 place_room=? room=12 floor=3");
        assertThat(((Outcome.Apply) all).signals())
                .containsExactly(Signal.count(LookUpJoinSpec.EVENTS, "here", "found"));
        Configured chosen = join(Map.of("fields", "room,nothing", "prefix", "place_"));
        assertThat(appended(chosen.decide(EVENT, hash()))).isEqualTo("out: sensor=s1 place_room=12");
    }

    @Test
    void anEventWithoutItsKeyIsRefusedHandedOnOrDropped() {
        assertThat(join(Map.of()).decide(EVENT)).isEqualTo(Outcome.dead("missing_key:sensor:s1"));
        Outcome passed = join(Map.of("on_missing", "pass")).decide(EVENT);
        assertThat(appended(passed)).isEqualTo("out: sensor=s1 place_room=?");
        assertThat(((Outcome.Apply) passed).signals())
                .containsExactly(Signal.count(LookUpJoinSpec.EVENTS, "here", "missing"));
        assertThat(join(Map.of("on_missing", "drop")).decide(EVENT))
                .isEqualTo(Outcome.nothing(List.of(Signal.count(LookUpJoinSpec.EVENTS, "here", "missing"))));
    }

    @Test
    void aKeyThatCannotBeReadIsNoMissingOne() {
        Answer wrong = new Answer.Failed(Answer.Failure.WRONG_TYPE, "");
        assertThat(join(Map.of("on_missing", "pass")).decide(EVENT, new Found(Map.of(KEY, wrong))))
                .isEqualTo(Outcome.dead("lookup_failed:wrong_type sensor:s1"));
    }

    @Test
    void refusesAnEventThatNamesNoKey() {
        assertThat(join(Map.of()).decide(event("x", "y"))).isEqualTo(Outcome.dead("missing_field:sensor"));
    }

    @Test
    void saysWhichFieldsItMayAdd() {
        Configured chosen = join(Map.of("fields", "room", "prefix", "place_"));
        assertThat(chosen.spec()
                        .footprintOf(chosen.config())
                        .carried()
                        .get("out")
                        .sometimes())
                .containsExactly("place_room");
        assertThat(chosen.spec().lookUps().get(0).fields()).containsExactly("room");
    }
}
