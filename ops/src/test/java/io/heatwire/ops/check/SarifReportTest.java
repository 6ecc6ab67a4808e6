package io.heatwire.ops.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SarifReportTest {

    private static final String WRONG = """
            heatwire: 1
            redis: { password: s3cr3t-of-mine }
            streams:
              plans: { key: plans }
              decisions: { key: decisions, cap: 1000 }
            lookups:
              state: { key: state, type: hash, external: somebody }
              shadow: { key: "shadow:{symbol}", type: hash, terminal: true }
            stages:
              gate:
                operator: heat_gate
                in: plans
                out: { decision: decisions }
                keys: { state: state, shadow: shadow }
            """;

    @TempDir
    private Path directory;

    /** What the schema of SARIF 2.1.0 asks for, property by property. */
    @Test
    void hasWhatTheSchemaAsksFor() throws IOException {
        JsonObject log = log(WRONG);

        assertThat(log.get("version").getAsString()).isEqualTo("2.1.0");
        assertThat(log.keySet()).containsExactlyInAnyOrder("$schema", "version", "runs");
        JsonObject run = log.getAsJsonArray("runs").get(0).getAsJsonObject();
        assertThat(run.keySet()).containsExactlyInAnyOrder("tool", "columnKind", "results");
        assertThat(run.get("columnKind").getAsString()).isEqualTo("unicodeCodePoints");
        JsonObject driver = run.getAsJsonObject("tool").getAsJsonObject("driver");
        JsonArray rules = driver.getAsJsonArray("rules");
        assertThat(driver.get("name").getAsString()).isEqualTo("heatwire");
        for (JsonElement rule : rules) {
            for (String text : new String[] {"shortDescription", "fullDescription", "help"}) {
                assertThat(text(rule.getAsJsonObject().getAsJsonObject(text))).isNotBlank();
            }
        }
        for (JsonElement element : run.getAsJsonArray("results")) {
            JsonObject result = element.getAsJsonObject();
            int rule = result.get("ruleIndex").getAsInt();
            assertThat(rules.get(rule).getAsJsonObject().get("id")).isEqualTo(result.get("ruleId"));
            assertThat(result.get("level").getAsString()).isIn("error", "warning");
            assertThat(text(result.getAsJsonObject("message"))).isNotBlank();
            assertThat(result.getAsJsonArray("locations")).hasSize(1).allSatisfy(SarifReportTest::isALocation);
            assertThat(result.getAsJsonArray("relatedLocations")).allSatisfy(SarifReportTest::isALocation);
        }
    }

    @Test
    void namesBothEndsAndTheFix() throws IOException {
        JsonObject nobodyWrites =
                log(WRONG).getAsJsonArray("runs").get(0).getAsJsonObject().getAsJsonArray("results").asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .filter(result -> result.get("ruleId").getAsString().equals("W080"))
                        .findFirst()
                        .orElseThrow();

        assertThat(startLine(nobodyWrites.getAsJsonArray("locations"))).isEqualTo(12);
        assertThat(startLine(nobodyWrites.getAsJsonArray("relatedLocations"))).isEqualTo(4);
        assertThat(text(nobodyWrites.getAsJsonObject("message"))).contains(". Instead: if another program writes it");
        assertThat(nobodyWrites.getAsJsonObject("properties").get("fix").getAsString())
                .startsWith("if another program writes it");
    }

    @Test
    void aFileThatIsNotThereHasAResultWithoutARegion() {
        WiringResult result = Wiring.load(directory.resolve("no such.yaml"), Map.of(), OperatorCatalog.all());
        JsonObject finding = JsonParser.parseString(SarifReport.render(result, "1"))
                .getAsJsonObject()
                .getAsJsonArray("runs")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("results")
                .get(0)
                .getAsJsonObject();
        JsonObject place =
                finding.getAsJsonArray("locations").get(0).getAsJsonObject().getAsJsonObject("physicalLocation");

        assertThat(place.has("region")).isFalse();
        assertThat(place.getAsJsonObject("artifactLocation").get("uri").getAsString())
                .startsWith("file:/")
                .endsWith("no%20such.yaml");
    }

    @Test
    void noFormatShowsASecret() throws IOException {
        WiringResult result = load(WRONG);

        assertThat(SarifReport.render(result, "1")).doesNotContain("s3cr3t-of-mine");
        assertThat(JsonReport.render(result)).doesNotContain("s3cr3t-of-mine");
    }

    @Test
    void jsonCountsAndPlacesEveryFinding() throws IOException {
        JsonObject report =
                JsonParser.parseString(JsonReport.render(load(WRONG))).getAsJsonObject();

        assertThat(report.get("ok").getAsBoolean()).isFalse();
        assertThat(report.get("problems").getAsInt()).isEqualTo(3);
        assertThat(report.get("warnings").getAsInt()).isZero();
        assertThat(report.getAsJsonArray("findings").asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .map(finding -> finding.get("rule").getAsString() + "@"
                                + finding.getAsJsonObject("place").get("line").getAsInt()))
                .containsExactly("W027@2", "W080@12", "W082@13");
    }

    private static void isALocation(JsonElement location) {
        JsonObject physical = location.getAsJsonObject().getAsJsonObject("physicalLocation");
        assertThat(physical.getAsJsonObject("artifactLocation").get("uri").getAsString())
                .startsWith("file:/");
        JsonObject region = physical.getAsJsonObject("region");
        assertThat(region.get("startLine").getAsInt()).isPositive();
        assertThat(region.get("startColumn").getAsInt()).isPositive();
    }

    private static int startLine(JsonArray locations) {
        return locations
                .get(0)
                .getAsJsonObject()
                .getAsJsonObject("physicalLocation")
                .getAsJsonObject("region")
                .get("startLine")
                .getAsInt();
    }

    private static String text(JsonObject message) {
        return message.get("text").getAsString();
    }

    private JsonObject log(String wiring) throws IOException {
        return JsonParser.parseString(SarifReport.render(load(wiring), "0.1.0")).getAsJsonObject();
    }

    private WiringResult load(String wiring) throws IOException {
        Path file = Files.writeString(directory.resolve("wiring.yaml"), wiring);
        return Wiring.load(file, Map.of(), OperatorCatalog.all());
    }
}
