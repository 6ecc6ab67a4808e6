package io.heatwire.ops.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.edge.EdgeState;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.health.StageState;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StatusLineTest {

    @Test
    void countsStagesEdgesLagAndDeadLetters() {
        Health health = Snapshots.with(StageState.RUNNING, "", EdgeState.IDLE, EdgeState.FLOWING, EdgeState.FLOWING);

        assertThat(StatusLine.of(health, "")).isEqualTo("1 stage, 2 edges flowing, 1 idle, lag 12, 3 dead");
    }

    @Test
    void beginsWithWhatIsMissingToBeReady() {
        assertThat(StatusLine.of(Snapshots.with(StageState.BACKING_OFF, "connection refused"), ""))
                .startsWith("not ready: heat_gate is backing_off (connection refused); 1 stage, lag 12");
        assertThat(StatusLine.of(Snapshots.with(StageState.RUNNING, "", EdgeState.FLOWING, EdgeState.ABSENT), ""))
                .startsWith("not ready: apply_plan to heat_gate is absent; 1 stage, 1 edges flowing, 1 absent");
    }

    @Test
    void saysOnceTheLastReloadWasRefusedWhy() {
        Health health = Snapshots.with(StageState.RUNNING, "", EdgeState.FLOWING);

        assertThat(StatusLine.of(health, "heatwire.yaml:19:3: W012 no such setting"))
                .isEqualTo(
                        "1 stage, 1 edge flowing, lag 12, 3 dead; reload refused: heatwire.yaml:19:3: W012 no such setting");
    }

    @Test
    void isAlwaysOneLineOfBoundedLength() {
        String line = StatusLine.of(Snapshots.with(StageState.BACKING_OFF, "a\nREADY=1\u001b" + "x".repeat(1000)), "");

        assertThat(line).hasSize(300).endsWith("...").doesNotContain("\n", "\u001b");
    }

    @Test
    void saysSomethingOfAnEngineThatKnowsNothingYet() {
        Health nothing = new Health("redis", "", List.of());

        assertThat(StatusLine.of(nothing, "")).isEqualTo("0 stages, lag 0, 0 dead");
    }
}
