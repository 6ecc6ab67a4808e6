package io.heatwire.ops.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T15:00:00.123456Z"), ZoneOffset.UTC);
    private static final Who WHO = new Who("root", "anna", "web1", "/dev/pts/3");

    @TempDir
    private Path directory;

    private Path file;
    private Ledger ledger;

    @BeforeEach
    void open() {
        file = directory.resolve("state/ledger.jsonl");
        ledger = new Ledger(file);
    }

    private Operation operation(String why) {
        return new Operation(ledger, CLOCK, WHO, "mode", "gate enforce", why);
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
        String why = "a \"reason\"\nwith {braces}, \u202Etricks and Ünïcode";
        operation(why)
                .end(
                        Map.of("mode", "shadow"),
                        Map.of("mode", "enforce"),
                        List.of(Check.good("gauge", "1", "1"), Check.bad("key", "a hash", "none")),
                        "done");

        Ledger.Contents contents = ledger.read();

        assertThat(contents.damages()).isEmpty();
        assertThat(contents.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.time()).isEqualTo("2026-11-22T15:00:00.123Z");
            assertThat(entry.who()).isEqualTo(WHO);
            assertThat(entry.operation()).isEqualTo("mode");
            assertThat(entry.target()).isEqualTo("gate enforce");
            assertThat(entry.why()).isEqualTo(why);
            assertThat(entry.before()).containsEntry("mode", "shadow");
            assertThat(entry.after()).containsEntry("mode", "enforce");
            assertThat(entry.proof())
                    .containsExactly(Check.good("gauge", "1", "1"), Check.bad("key", "a hash", "none"));
            assertThat(entry.result()).isEqualTo("done");
        });
        assertThat(Files.readAllLines(file)).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void whatRootBeginsTheServiceCanGoOnWith() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give a file away");
        Path state = Files.createDirectory(directory.resolve("state"));
        UserPrincipal service =
                state.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(state, service);

        operation("by root").end(Map.of(), Map.of(), List.of(), "done");

        assertThat(Files.getOwner(file)).isEqualTo(service);
    }

    @Test
    void isNotLedAwayByALink() throws IOException {
        Path elsewhere = directory.resolve("elsewhere");
        Files.createDirectory(directory.resolve("state"));
        Files.createSymbolicLink(file, elsewhere);

        assertThatThrownBy(() -> operation("by root").end(Map.of(), Map.of(), List.of(), "done"))
                .isInstanceOf(LedgerException.class);
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void keepsEveryEntryOfManyWritersAtOnce() {
        IntStream.range(0, 100)
                .parallel()
                .forEach(i -> operation("why " + i).end(Map.of(), Map.of(), List.of(), "done"));

        assertThat(ledger.read().entries()).hasSize(100);
        assertThat(ledger.read().damages()).isEmpty();
    }

    @Test
    void toleratesALastLineThatACrashHasTornAndWritesOnBehindIt() throws IOException {
        operation("first").end(Map.of(), Map.of(), List.of(), "done");
        Files.writeString(file, "{\"id\": \"x\", \"time\": \"2026-11", StandardOpenOption.APPEND);

        assertThat(ledger.read().entries()).hasSize(1);
        assertThat(ledger.read().damages())
                .containsExactly(file + ":2: the last line was torn off while it was written; all before it is there");

        operation("second").end(Map.of(), Map.of(), List.of(), "done");
        assertThat(ledger.read().entries()).extracting(LedgerEntry::why).containsExactly("first", "second");
        assertThat(ledger.read().damages()).singleElement().asString().startsWith(file + ":2: this line is damaged");
    }

    @Test
    void namesADamagedLineByItsNumber() throws IOException {
        for (String why : List.of("one", "two", "three")) {
            operation(why).end(Map.of(), Map.of(), List.of(), "done");
        }
        List<String> lines = Files.readAllLines(file);
        Files.write(file, List.of(lines.get(0), lines.get(1).replace("\"time\"", "\"tome\""), lines.get(2)));

        assertThat(ledger.read().entries()).extracting(LedgerEntry::why).containsExactly("one", "three");
        assertThat(ledger.read().damages()).singleElement().asString().startsWith(file + ":2: this line is damaged");
    }

    @Test
    void showsABeginningOnlyWhenItHasNoEnd() {
        Operation ended = operation("ended");
        ended.begin(Map.of(), Map.of());
        ended.end(Map.of(), Map.of(), List.of(), "done");
        operation("broken off").begin(Map.of("mode", "shadow"), Map.of("mode", "enforce"));

        List<LedgerEntry> outcomes = ledger.read().outcomes();

        assertThat(outcomes).extracting(LedgerEntry::why).containsExactly("ended", "broken off");
        assertThat(LedgerText.lines(outcomes.get(1)))
                .containsExactly(
                        "2026-11-22T15:00:00.123Z  mode gate enforce  begun, and never ended  by anna as root@web1",
                        "    why: broken off",
                        "    mode: shadow -> enforce");
    }

    @Test
    void movesNoCursorWithWhatSomebodyWrote() {
        operation("\u001b[2J\u202Eevil").end(Map.of(), Map.of(), List.of(), "done");

        assertThat(String.join("", LedgerText.lines(ledger.read().entries().get(0))))
                .contains("\\u001b[2J\\u202eevil");
    }

    @Test
    void saysWhenItCannotBeWritten() throws IOException {
        Files.writeString(directory.resolve("state"), "a file where the directory should be");

        assertThatThrownBy(() -> operation("x").begin(Map.of(), Map.of()))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("cannot be written");
    }
}
