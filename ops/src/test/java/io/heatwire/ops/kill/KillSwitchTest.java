package io.heatwire.ops.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.Word;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KillSwitchTest {

    private static final String KILL = "quantum:kill";
    private static final String GLOBAL = "quantum:global:kill_switch";

    /** The planner of the shipped wiring twice, each with one of its two keys. */
    private static Graph twoPlanners() {
        Graph shipped = ((WiringResult.Ready)
                        Wiring.load(Path.of("etc", "heatwire.yaml"), Map.of(), OperatorCatalog.all()))
                .graph();
        StageWire planner = shipped.stage("apply_planner").orElseThrow();
        return new Graph(
                shipped.redis(),
                shipped.engine(),
                shipped.streams(),
                shipped.keys(),
                List.of(withOnly(planner, "first", "kill"), withOnly(planner, "second", "kill_switch")),
                shipped.listeners(),
                shipped.coverage(),
                shipped.declared());
    }

    private static StageWire withOnly(StageWire planner, String name, String port) {
        return new StageWire(
                new Word(name, planner.name().place()),
                planner.spec(),
                true,
                planner.source(),
                planner.out(),
                planner.keys().stream()
                        .filter(binding -> binding.name().text().equals(port))
                        .toList(),
                planner.early(),
                planner.settings(),
                planner.deadKeep(),
                planner.onPoison(),
                planner.onPoisonPlace());
    }

    @Test
    void namesThePlannersThatNoKeyBlocks() {
        KillSwitch kill = new KillSwitch(twoPlanners(), null);

        assertThat(kill.unblocked(Set.of())).containsExactly("first", "second");
        assertThat(kill.unblocked(Set.of(KILL))).containsExactly("second");
        assertThat(kill.unblocked(Set.of(KILL, GLOBAL))).isEmpty();
    }

    @Test
    void takesAKeyThatMayNotBeReadForNeitherOnNorOff() {
        KillSwitch.Reading reading = new KillSwitch.Reading(KILL, "refused", "NOPERM");

        assertThat(reading.isOn()).isFalse();
        assertThat(reading.isRefused()).isTrue();
        assertThat(reading.shown()).isEqualTo("not read: NOPERM");
    }
}
