package io.heatwire.ops.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringPlan;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunStateTest {

    private static final String SECRET = "s3cret";

    @TempDir
    private Path directory;

    private static WiringPlan shipped(Map<String, String> environment) {
        WiringResult result = Wiring.load(Path.of("etc/heatwire.yaml"), environment, OperatorCatalog.all(), Set.of());
        assertThat(result).as(result.render()).isInstanceOf(WiringResult.Ready.class);
        return ((WiringResult.Ready) result).plan();
    }

    private RunState state(SortedMap<String, String> facts) {
        ProcessHandle us = ProcessHandle.current();
        return new RunState(
                us.pid(),
                RunState.startOf(us),
                "/etc/w.yaml",
                "a,b",
                false,
                3,
                17,
                "refused",
                "w:1\nx",
                "lines\n",
                facts);
    }

    @Test
    void comesBackAsItWasWrittenForItsOwnerAlone() throws IOException {
        RunState written = state(PlanFacts.of(shipped(Map.of())));
        written.write(directory);
        assertThat(RunState.read(directory)).contains(written);
        assertThat(written.isAlive()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("heatwire.run"))))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
        RunState.remove(directory, written.pid() + 1);
        assertThat(RunState.read(directory)).isPresent();
        RunState.remove(directory, written.pid());
        assertThat(RunState.read(directory)).isEmpty();
    }

    @Test
    void isNothingWhenItCannotBeUnderstood() throws IOException {
        Files.writeString(directory.resolve("heatwire.run"), "pid=many\n");
        assertThat(RunState.read(directory)).isEmpty();
    }

    @Test
    void knowsThatAnotherProcessMayHaveItsNumber() {
        RunState other =
                new RunState(ProcessHandle.current().pid(), 12, "", "", true, 1, 0, "", "", "", new TreeMap<>());
        assertThat(other.isAlive()).isFalse();
    }

    @Test
    void holdsNoSecrets() {
        Map<String, String> environment = Map.of(
                "REDIS_PASSWORD",
                SECRET,
                "HEATWIRE_HTTP_TOKEN",
                SECRET,
                "REDIS_SENTINEL_PASSWORD",
                SECRET,
                "REDIS_SENTINEL_MASTER",
                "m",
                "REDIS_SENTINEL_NODES",
                "h:1");
        assertThat(PlanFacts.of(shipped(environment)).toString())
                .contains("m at [h:1]")
                .doesNotContain(SECRET);
    }

    @Test
    void saysTheSameOfTheSamePlanAndNamesEachDifference() {
        SortedMap<String, String> before = PlanFacts.of(shipped(Map.of()));
        assertThat(PlanFacts.of(shipped(Map.of()))).isEqualTo(before);
        assertThat(FactsChange.lines(before, PlanFacts.of(shipped(Map.of("P27_BATCH", "7", "HEAT_METRICS_PORT", "0")))))
                .contains("heat_bridge: drained and started again", "    source.batch: 100 -> 7", "http: changes")
                .contains("heat_gate: untouched")
                .noneMatch(line -> line.startsWith("redis"));
        assertThat(FactsChange.lines(before, PlanFacts.of(shipped(Map.of("REDIS_PORT", "7777")))))
                .contains("heat_gate: drained and started again", "redis: changes");
    }
}
