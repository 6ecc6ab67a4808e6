package io.heatwire.ops.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.operators.OperatorCatalog;
import io.heatwire.ops.importing.WiringImport.Imported;
import io.heatwire.ops.state.PlanFacts;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WiringImportTest {

    private static final Path SHIPPED = Path.of("etc/heatwire.yaml");

    @TempDir
    private Path directory;

    private Imported imported(String... namesAndTexts) {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        try {
            return WiringImport.of(files, Files.readString(SHIPPED), text -> load(text, Map.of()));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private WiringResult load(String text, Map<String, String> environment) {
        try {
            return Wiring.load(
                    Files.writeString(directory.resolve("wiring.yaml"), text),
                    environment,
                    OperatorCatalog.all(),
                    Set.of());
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private Map<String, String> facts(String text, Map<String, String> environment) {
        WiringResult result = load(text, environment);
        assertThat(result).as(result.render()).isInstanceOf(WiringResult.Ready.class);
        return PlanFacts.of(((WiringResult.Ready) result).plan());
    }

    @Test
    void saysWhatTheShippedWiringSaysInThatEnvironment() throws IOException {
        String env = "HEAT_POLL_MS=250\nT_HOT=0.8\nSYMBOLS=\"BTCUSDT, ETHUSDT\"\nAPPLY_ALLOWLIST=\nT_WARM=\n"
                + "P28_HEAT_LOOKUP_PREFIX='heat $x \"q\" \\ :'\nHEAT_STREAM_IN=heat_decision\nHEATWIRE_ENGINE=2\n"
                + "HEAT_METRICS_PORT=9068\nHEATWIRE_HTTP_HOST=127.0.0.2\nENABLE_HOLD_CLOSE=TRUE\nHEAT_CONSUMER=null\n";
        Map<String, String> environment = EnvFile.parse("x", env).assignments().stream()
                .collect(Collectors.toMap(EnvFile.Assignment::name, EnvFile.Assignment::value));

        Imported imported = imported("heat-gate.env", env.replace("HEAT_STREAM_IN=heat_decision\n", ""));

        environment.remove("HEAT_STREAM_IN");
        assertThat(imported.notes()).isEmpty();
        assertThat(facts(imported.text(), Map.of())).isEqualTo(facts(Files.readString(SHIPPED), environment));
    }

    @Test
    void leavesCommentsAndWhatIsNotGivenAsTheyAre() throws IOException {
        Imported imported = imported("a.env", "T_HOT=0.8\n");
        assertThat(imported.text())
                .startsWith("# Imported from a.env.\n#\n# The wiring of the heat chain")
                .contains("      t_hot: 0.8\n", "t_warm: ${T_WARM:-0.45}");
        assertThat(imported.text().lines().skip(2).filter(line -> !line.contains("t_hot")))
                .containsExactlyElementsOf(Files.readString(SHIPPED)
                        .lines()
                        .filter(line -> !line.contains("t_hot"))
                        .toList());
    }

    @Test
    void notesEachLineItCannotUseWithTheNearestName() {
        Imported imported = imported(
                "heat-gate.env",
                "HEAT_POL_MS=250\nP27_LOG_LEVEL=INFO\nfoo\nT_HOT=hot\nT_WARM=0.4\nW_EXP=1\nW_EXP=2\n",
                "apply-layer.env",
                "T_WARM=0.5\nUNIVERSE_ENABLE=true\n");
        assertThat(imported.notes())
                .containsExactly(
                        "apply-layer.env:1: T_WARM: another value than in heat-gate.env:5, which counts",
                        "apply-layer.env:2: UNIVERSE_ENABLE: known to the service, without a counterpart in Heatwire",
                        "heat-gate.env:1: HEAT_POL_MS: not a name of the wiring; the nearest is HEAT_POLL_MS",
                        "heat-gate.env:2: P27_LOG_LEVEL: the log level is no part of a wiring: set HEATWIRE_LOG_LEVEL",
                        "heat-gate.env:3: no NAME=value",
                        "heat-gate.env:4: T_HOT: its value is refused (W031), the default stays",
                        "heat-gate.env:6: W_EXP: given again in line 7, which counts");
        assertThat(imported.text())
                .contains("# Not used:\n", "#   heat-gate.env:4: T_HOT: ", "t_hot: ${T_HOT:-0.70}", "w_exp: 2");
        assertThat(load(imported.text(), Map.of())).isInstanceOf(WiringResult.Ready.class);
    }

    @Test
    void copiesNoSecret() {
        Imported imported = imported(
                "a.env",
                "REDIS_PASSWORD=hunter2\nBINANCE_SECRET=hunter2\nREDIS_HOST=redis://u:hunter2@h\n"
                        + "HEATWIRE_HTTP_TOKEN='hunter2'\nREDIS_PASSWORD_FILE=/run/secrets/redis\n");
        assertThat(imported.text()).doesNotContain("hunter2").contains("password: ${REDIS_PASSWORD:-}");
        assertThat(imported.notes()).hasSize(5).noneMatch(note -> note.contains("hunter2"));
    }

    @Test
    void passesTheCheckWhateverTheFilesSay() throws IOException {
        StringBuilder env = new StringBuilder();
        Pattern.compile("\\$\\{([A-Z0-9_]+)")
                .matcher(Files.readString(SHIPPED))
                .results()
                .map(match -> match.group(1))
                .distinct()
                .forEach(name -> env.append(name).append("='} \" : # - [\\'\n"));
        Imported imported = imported("hostile.env", env.toString());
        assertThat(load(imported.text(), Map.of())).isInstanceOf(WiringResult.Ready.class);
    }
}
