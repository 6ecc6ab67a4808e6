package io.heatwire.ops.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heatwire.ops.ledger.Check;
import io.heatwire.ops.ledger.Ledger;
import io.heatwire.ops.ledger.LedgerEntry;
import io.heatwire.ops.ledger.Operation;
import io.heatwire.ops.ledger.Who;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OperationsJsonTest {

    @TempDir
    private Path directory;

    private Path file;
    private Ledger ledger;

    @BeforeEach
    void open() {
        file = directory.resolve("ledger.jsonl");
        ledger = new Ledger(file);
    }

    private Operation operation(String target, String why) {
        return new Operation(ledger, Clock.systemUTC(), new Who("root", "", "web1", ""), "mode", target, why);
    }

    private static JsonObject read(Optional<Ledger> ledger) {
        return JsonParser.parseString(OperationsJson.read(ledger)).getAsJsonObject();
    }

    private static String notes(JsonObject read) {
        return read.getAsJsonArray("notes").toString();
    }

    private JsonObject newest() {
        return read(Optional.of(ledger)).getAsJsonArray("operations").get(0).getAsJsonObject();
    }

    @Test
    void tellsWhatBecameOfAnOperation() {
        operation("gate enforce", "a test")
                .end(
                        Map.of("mode", "shadow", "file_sha256", "abc", "written", "${P26_MODE}"),
                        Map.of("mode", "enforce", "file_sha256", "def", "backup", "/etc/x.bak"),
                        List.of(Check.good("gauge", "1", "1"), Check.bad("key", "a hash", "none")),
                        "rolled_back");

        JsonObject operation = newest();

        assertThat(operation.get("what").getAsString()).isEqualTo("mode gate enforce");
        assertThat(operation.get("result").getAsString()).isEqualTo("rolled back");
        assertThat(operation.get("who").getAsString()).isEqualTo("root@web1");
        assertThat(texts(operation.getAsJsonArray("changes"))).containsExactly("mode: shadow -> enforce");
        assertThat(texts(operation.getAsJsonArray("failed"))).containsExactly("key: none; expected a hash");
    }

    private static List<String> texts(JsonArray array) {
        return array.asList().stream().map(each -> each.getAsString()).toList();
    }

    @Test
    void saysThatNoEndIsWrittenOfWhatWasBegun() {
        operation("gate enforce", "").begin(Map.of(), Map.of());

        assertThat(newest().get("result").getAsString()).isEqualTo("begun, no end is written");
    }

    @Test
    void cutsAndEscapesWhatPeopleWrote() {
        operation("gate enforce", "\u001b[2J\u202e" + "x".repeat(2_000)).end(Map.of(), Map.of(), List.of(), "done");

        assertThat(newest().get("why").getAsString())
                .startsWith("\\u001b[2J\\u202e")
                .hasSizeLessThan(400);
    }

    @Test
    void showsAsManyAsFitAndSaysThatThereAreOlderOnes() {
        for (int i = 0; i < 21; i++) {
            operation("number " + i, "").end(Map.of(), Map.of(), List.of(), LedgerEntry.DONE);
        }

        JsonObject read = read(Optional.of(ledger));

        assertThat(read.getAsJsonArray("operations")).hasSize(20);
        assertThat(newest().get("what").getAsString()).isEqualTo("mode number 20");
        assertThat(notes(read)).contains("there are older ones");
    }

    @Test
    void tellsALedgerThatIsNotThereFromOneThatCannotBeRead() throws Exception {
        assertThat(notes(read(Optional.empty()))).contains("knows of no ledger: HEATWIRE_LEDGER names one");
        assertThat(notes(read(Optional.of(ledger)))).contains("none yet");

        Files.createDirectory(file);
        assertThat(notes(read(Optional.of(ledger)))).contains("cannot be read: ", "no regular file");
    }

    @Test
    void saysHowManyLinesAreNoEntries() throws Exception {
        Files.writeString(file, "no entry\n{}\n");

        assertThat(notes(read(Optional.of(ledger)))).contains("2 of the last lines are damaged or no entries");
    }
}
