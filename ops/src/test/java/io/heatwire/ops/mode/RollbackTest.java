package io.heatwire.ops.mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.operators.OperatorCatalog;
import io.heatwire.ops.ledger.Ledger;
import io.heatwire.ops.ledger.LedgerEntry;
import io.heatwire.ops.ledger.Operation;
import io.heatwire.ops.ledger.Who;
import io.heatwire.ops.state.RunState;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a way back refuses before it touches anything. The rest is done to a running engine, see ModeIT. */
final class RollbackTest {

    private static final String GATE = "portfolio_heat_gate";
    private static final ModeSwitch.Manner FORCED =
            new ModeSwitch.Manner(true, false, false, Duration.ofSeconds(1), Duration.ZERO);

    @TempDir
    private Path directory;

    private Path file;
    private Ledger ledger;

    @BeforeEach
    void prepare() throws Exception {
        String shipped = Files.readString(Path.of("etc", "heatwire.yaml"));
        Path wiring = directory.toRealPath().resolve("wiring.yaml");
        file = Files.writeString(wiring, shipped);
        Path backup = Files.writeString(
                Path.of(wiring + ".20261122T154500123Z.bak"),
                shipped.replace("mode: ${P26_MODE:-shadow}", "mode: enforce"));
        ledger = new Ledger(directory.resolve("ledger.jsonl"));
        operation("mode", GATE + " shadow", "a test")
                .end(
                        Map.of("mode", "enforce"),
                        Map.of(
                                "mode",
                                "shadow",
                                "backup",
                                backup.toString(),
                                "file_sha256",
                                WiringChange.sha256(Files.readAllBytes(file))),
                        List.of(),
                        LedgerEntry.DONE);
    }

    private Operation operation(String name, String target, String why) {
        return new Operation(ledger, Clock.systemUTC(), new Who("root", "", "web1", ""), name, target, why);
    }

    private Rollback rollback(Map<String, String> facts) {
        RunState running = new RunState(1, 0, file.toString(), "", true, 1, 0, "", "", "", new TreeMap<>(facts));
        return new Rollback(
                new ModeSwitch.Engine(directory, running, RollbackTest::load), new PrintWriter(new StringWriter()));
    }

    private static WiringResult load(Path wiring) {
        return Wiring.load(wiring, Map.of(), OperatorCatalog.all());
    }

    @Test
    void wantsAReasonForTheWayBackToEnforceEvenWhenItIsForced() throws Exception {
        Rollback rollback =
                rollback(Map.of("stage." + GATE + ".name", GATE, "stage." + GATE + ".config.settings.mode", "shadow"));

        assertThatThrownBy(() -> rollback.ofLastChange(ledger, FORCED, operation("rollback", "last change", "")))
                .isInstanceOf(ModeSwitch.NonsenseException.class)
                .hasMessageContaining("puts a stage into mode enforce: say why, with --why");
        assertThat(file).content().contains("mode: ${P26_MODE:-shadow}");
    }

    @Test
    void undoesNothingThatAnotherEngineRuns() throws Exception {
        Rollback rollback = rollback(Map.of("stage.apply_planner.name", "apply_planner"));

        assertThatThrownBy(() -> rollback.ofLastChange(ledger, FORCED, operation("rollback", "last change", "a test")))
                .isInstanceOf(ModeSwitch.NonsenseException.class)
                .hasMessageContaining("the last change was of " + GATE + ", which does not run in the engine of pid 1");
        assertThat(file).content().contains("mode: ${P26_MODE:-shadow}");
    }
}
