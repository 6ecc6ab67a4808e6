package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.engine.health.DrainReport;
import org.junit.jupiter.api.Test;

final class DrainLineTest {

    @Test
    void saysInOneLineWhatWasDone() {
        assertThat(DrainLine.of(new DrainReport(412, 3, 0, true, true, 41)))
                .isEqualTo("drained: committed 412, handed back 3 in 41 ms");
    }

    @Test
    void saysThatTheTimeWasOver() {
        assertThat(DrainLine.of(new DrainReport(412, 3, 0, true, false, 10_020)))
                .isEqualTo("drained: committed 412, handed back 3 in 10020 ms; cut off at drain_ms");
    }

    @Test
    void saysWhatCouldNotBeHandedBackAndWhoFindsIt() {
        assertThat(DrainLine.of(new DrainReport(412, 3, 2, true, true, 41)))
                .isEqualTo(
                        "drained: committed 412, handed back 3 in 41 ms; 2 NOT handed back, they are no longer in their"
                                + " stream: still pending under this engine's consumer names; its next start takes them up, or"
                                + " others after min_idle_ms");
        assertThat(DrainLine.of(new DrainReport(412, 0, 7, false, false, 12_020)))
                .contains("; NOT everything handed back, Redis did not answer: 7 or more entries are still pending");
        assertThat(DrainLine.of(new DrainReport(412, 0, 0, false, true, 41)))
                .contains("Redis did not answer: whatever was under way is still pending");
    }
}
