package io.heatwire.ops.mode;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.operators.OperatorCatalog;
import io.heatwire.ops.edit.FileSwap;
import io.heatwire.ops.ledger.Ledger;
import io.heatwire.ops.ledger.LedgerEntry;
import io.heatwire.ops.ledger.Operation;
import io.heatwire.ops.ledger.Who;
import io.heatwire.ops.state.RunState;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change does when it goes wrong after the file was replaced. In the place of the engine is a process that hears no signal. */
final class WiringChangeTest {

    private static final String OLD = "the old text";
    private static final String FRESH = "the new text";
    private static final WiringResult READY =
            Wiring.load(Path.of("etc", "heatwire.yaml"), Map.of(), OperatorCatalog.all());

    @TempDir
    private Path directory;

    private final StringWriter said = new StringWriter();
    private Process deaf;
    private Path file;
    private Ledger ledger;

    @BeforeEach
    void start() throws IOException {
        deaf = new ProcessBuilder("sh", "-c", "trap '' HUP; echo deaf; exec sleep 60").start();
        assertThat(deaf.inputReader().readLine()).isEqualTo("deaf");
        file = Files.writeString(directory.resolve("wiring.yaml"), OLD);
        ledger = new Ledger(directory.resolve("ledger.jsonl"));
    }

    @AfterEach
    void end() {
        deaf.destroyForcibly();
    }

    private Outcome change(PrintWriter out) throws Exception {
        RunState running = new RunState(
                deaf.pid(), 0, file.toString(), "", true, 1, 0, "", "", "", new TreeMap<>(Map.of("mode", "shadow")));
        WiringChange.Plan plan = new WiringChange.Plan(
                OLD.getBytes(StandardCharsets.UTF_8),
                FRESH.getBytes(StandardCharsets.UTF_8),
                new HashMap<>(Map.of("mode", "shadow")),
                new HashMap<>(Map.of("mode", "enforce")),
                List.of());
        Operation operation = new Operation(
                ledger, Clock.systemUTC(), new Who("root", "anna", "web1", ""), "mode", "gate enforce", "a test");
        return new WiringChange(new FileSwap(file), each -> READY, directory, Duration.ofMillis(50), out)
                .apply(plan, running, operation, now -> List.of());
    }

    private LedgerEntry last() {
        List<LedgerEntry> entries = ledger.read().entries();
        return entries.get(entries.size() - 1);
    }

    @Test
    void putsTheOldFileBackWhenTheEngineCannotEvenBeAsked() throws Exception {
        Files.createDirectory(directory.resolve("heatwire.run"));

        Outcome outcome = change(new PrintWriter(said, true));

        assertThat(file).hasContent(OLD);
        assertThat(outcome.word()).isEqualTo("unconfirmed");
        assertThat(said.toString()).contains("FAIL  reload: ", "unconfirmed: the file is the old one again");
        assertThat(last().after()).containsEntry("mode", "shadow");
    }

    @Test
    void saysThatTheFileIsNotTheOldOneWhenSomebodyElseHasChangedIt() throws Exception {
        PrintWriter meddling = new PrintWriter(said, true) {
            @Override
            public void println(String line) {
                super.println(line);
                if (line.startsWith("not as it should be")) {
                    overwrite(file, "somebody else's text");
                }
            }
        };

        Outcome outcome = change(meddling);

        assertThat(file).hasContent("somebody else's text");
        assertThat(outcome.word()).isEqualTo("not_put_back");
        assertThat(said.toString())
                .contains("FAIL  old file put back: no: ", "was changed by somebody else meanwhile")
                .contains("not put back: " + file.toRealPath() + " is NOT the old file again")
                .contains("The old text is in " + last().after().get("backup"))
                .doesNotContain("is the old one again");
        assertThat(last().after()).containsOnlyKeys("backup");
        assertThat(Path.of(last().after().getOrDefault("backup", ""))).hasContent(OLD);
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    private static void overwrite(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
