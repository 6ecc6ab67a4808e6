package io.heatwire.ops.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTailTest {

    private static final Who WHO = new Who("root", "anna", "web1", "");

    @TempDir
    private Path directory;

    private Path file;
    private Ledger ledger;

    @BeforeEach
    void open() {
        file = directory.resolve("ledger.jsonl");
        ledger = new Ledger(file);
    }

    private Operation operation(String why) {
        return new Operation(ledger, Clock.systemUTC(), WHO, "mode", "gate enforce", why);
    }

    private void done(String why) {
        operation(why).end(Map.of(), Map.of(), List.of(), LedgerEntry.DONE);
    }

    private void write(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Test
    void givesTheNewestFirstAndSaysWhetherThereAreOlderOnes() {
        List.of("one", "two", "three").forEach(this::done);

        LedgerTail tail = ledger.newest(2);

        assertThat(tail.operations()).extracting(LedgerEntry::why).containsExactly("three", "two");
        assertThat(tail.isAll()).isFalse();
        assertThat(ledger.newest(3).isAll()).isTrue();
    }

    @Test
    void tellsEachOperationByItsLastWord() {
        Operation ended = operation("ended");
        ended.begin(Map.of(), Map.of());
        operation("broken off").begin(Map.of(), Map.of());
        ended.end(Map.of(), Map.of(), List.of(), LedgerEntry.DONE);

        assertThat(ledger.newest(20).operations())
                .extracting(LedgerEntry::why, LedgerEntry::result)
                .containsExactly(tuple("ended", LedgerEntry.DONE), tuple("broken off", LedgerEntry.BEGUN));
    }

    @Test
    void readsNoMoreThanTheEndOfALongFile() throws IOException {
        done("long ago");
        write(("x".repeat(1023) + "\n").repeat(300));
        done("just now");

        LedgerTail tail = ledger.newest(20);

        assertThat(tail.operations()).extracting(LedgerEntry::why).containsExactly("just now");
        assertThat(tail.damaged()).isLessThan(LedgerTail.BYTES / 1024);
        assertThat(tail.isAll()).isFalse();
    }

    @Test
    void countsLinesThatAreNoEntriesAndGoesOn() throws IOException {
        done("before");
        write("{\"somebody\": \"else's\"}\nno json at all }{\n" + "[".repeat(100_000) + "\n\u0000\n");
        done("after");

        LedgerTail tail = ledger.newest(20);

        assertThat(tail.operations()).extracting(LedgerEntry::why).containsExactly("after", "before");
        assertThat(tail.damaged()).isEqualTo(4);
        assertThat(tail.isAll()).isTrue();
    }

    @Test
    void takesALineThatIsBeingWrittenForNoDamage() throws IOException {
        done("whole");
        write("{\"id\": \"x\", \"time\": \"2026-11");

        LedgerTail tail = ledger.newest(20);

        assertThat(tail.operations()).extracting(LedgerEntry::why).containsExactly("whole");
        assertThat(tail.damaged()).isZero();
        assertThat(tail.isTorn()).isTrue();
    }

    @Test
    void findsNothingInAFileThatHasNoEndOfALine() throws IOException {
        write("x".repeat(LedgerTail.BYTES + 1));

        LedgerTail tail = ledger.newest(20);

        assertThat(tail.operations()).isEmpty();
        assertThat(tail.isTorn()).isTrue();
        assertThat(tail.isAll()).isFalse();
    }

    @Test
    void hasNothingBeforeTheFirstEntry() {
        assertThat(ledger.newest(20)).isEqualTo(LedgerTail.NOTHING);
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void waitsForNoPipeAndReadsNoDirectory() throws Exception {
        new ProcessBuilder("mkfifo", file.toString()).start().waitFor();

        assertThatThrownBy(() -> ledger.newest(20))
                .isInstanceOf(LedgerException.class)
                .hasMessage("the ledger " + file + " cannot be read: java.io.IOException: no regular file");
        assertThatThrownBy(() -> new Ledger(directory).newest(20)).isInstanceOf(LedgerException.class);
    }
}
