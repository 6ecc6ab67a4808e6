package io.heatwire.ops.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana silently gets wrong: it takes nearly any JSON. */
final class BoardLintTest {

    private static final Path BOARDS = Path.of("grafana");
    private static final int COLUMNS = 24;
    private static final Set<String> UNITS =
            Set.of("short", "none", "percentunit", "s", "ms", "cps", "cpm", "dateTimeFromNow");

    static List<Path> boards() throws IOException {
        try (Stream<Path> files = Files.list(BOARDS)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static JsonObject read(Path board) throws IOException {
        return JsonParser.parseString(Files.readString(board)).getAsJsonObject();
    }

    private static List<JsonObject> panels(JsonObject board) {
        return StreamSupport.stream(board.getAsJsonArray("panels").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void idsAreUniqueAndNoTwoPanelsShareAPlace(Path file) throws IOException {
        Set<Integer> ids = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (JsonObject panel : panels(read(file))) {
            assertThat(ids.add(panel.get("id").getAsInt()))
                    .as("id of %s", panel.get("title"))
                    .isTrue();
            for (String cell : cells(panel.getAsJsonObject("gridPos"))) {
                assertThat(taken.add(cell))
                        .as("place of %s: %s", panel.get("title"), cell)
                        .isTrue();
            }
        }
    }

    private static List<String> cells(JsonObject grid) {
        int left = grid.get("x").getAsInt();
        int right = left + grid.get("w").getAsInt();
        int top = grid.get("y").getAsInt();
        assertThat(left).isNotNegative();
        assertThat(right).isBetween(left + 1, COLUMNS);
        List<String> cells = new ArrayList<>();
        for (int y = top; y < top + grid.get("h").getAsInt(); y++) {
            for (int x = left; x < right; x++) {
                cells.add(x + "," + y);
            }
        }
        return cells;
    }

    @ParameterizedTest
    @MethodSource("boards")
    void everyPanelAsksTheChosenSourceAndSaysItsUnitAndItsMeaning(Path file) throws IOException {
        for (JsonObject panel : panels(read(file))) {
            if (panel.get("type").getAsString().equals("row")) {
                continue;
            }
            String title = panel.get("title").getAsString();
            assertThat(source(panel)).as(title).isEqualTo("${datasource}");
            assertThat(panel.get("description").getAsString()).as(title).isNotBlank();
            assertThat(panel.getAsJsonObject("fieldConfig")
                            .getAsJsonObject("defaults")
                            .get("unit")
                            .getAsString())
                    .as(title)
                    .isIn(UNITS);
            assertThat(panel.getAsJsonArray("targets")).as(title).isNotEmpty();
            Set<String> references = new HashSet<>();
            for (JsonElement target : panel.getAsJsonArray("targets")) {
                JsonObject query = target.getAsJsonObject();
                assertThat(source(query)).as(title).isEqualTo("${datasource}");
                assertThat(query.get("expr").getAsString()).as(title).contains("{job=\"heatwire\"");
                assertThat(query.get("legendFormat").getAsString()).as(title).isNotBlank();
                assertThat(references.add(query.get("refId").getAsString()))
                        .as(title)
                        .isTrue();
            }
        }
    }

    private static String source(JsonObject holder) {
        return holder.getAsJsonObject("datasource").get("uid").getAsString();
    }

    @Test
    void everyBoardHasItsOwnUidAndTheVariableItsPanelsUse() throws IOException {
        Set<String> uids = new HashSet<>();
        for (Path file : boards()) {
            JsonObject board = read(file);
            assertThat(board.has("id"))
                    .as("an id of one Grafana makes provisioning fail in another")
                    .isFalse();
            assertThat(uids.add(board.get("uid").getAsString())).isTrue();
            JsonObject variable = board.getAsJsonObject("templating")
                    .getAsJsonArray("list")
                    .get(0)
                    .getAsJsonObject();
            assertThat(variable.get("name").getAsString()).isEqualTo("datasource");
            assertThat(variable.get("type").getAsString()).isEqualTo("datasource");
        }
        assertThat(uids).hasSize(3);
    }
}
