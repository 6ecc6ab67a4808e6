package io.heatwire.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.wiring.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the rules of wires draw their lines: what is just wrong is in the golden pairs, here is what is just right. */
final class WireRulesTest {

    private static final String FILER = "    in: plans\n    keys: { file: file, last";

    @TempDir
    private Path directory;

    @Test
    void aWiringWhoseWiresAllHaveTwoEndsGivesNoFinding() throws IOException {
        assertThat(findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "my:file:{symbol}:x, my:last:{symbol}, false",
        "my:file:x{symbol}, my:file:{plan_id}, true",
        "my:file:{symbol}:{symbol}, my:file:{plan_id}, false",
        "my:file:{symbol}a, my:file:b{plan_id}c, false",
        "my:{symbol}:{symbol}, my:file:{plan_id}, true",
        "my:f{symbol}e:x, my:file:{plan_id}, true",
        "my:file{symbol}, my:file:{plan_id}, false",
        "my:file:, my:file:{plan_id}, false",
    })
    void aVariableStandsForCharactersOtherThanAColon(String one, String other, boolean canMeet) throws IOException {
        List<String> codes = findings(
                "\"my:file:{plan_id}\", type: hash",
                "\"" + other + "\", type: hash",
                "stages:\n",
                "  odd: { key: \"" + one + "\", type: value, external: a person }\nstages:\n");

        assertThat(codes.contains("W049")).isEqualTo(canMeet);
    }

    @Test
    void aLookUpIsNoRaceWhenSomebodyOutsideWritesTheKeyToo() throws IOException {
        assertThat(findings("    early: [file]\n", "")).containsExactly("W096");
        assertThat(findings(
                        "    early: [file]\n",
                        "",
                        "{plan_id}\", type: hash }",
                        "{plan_id}\", type: hash, external: x }"))
                .isEmpty();
    }

    @Test
    void aLookUpIsNoRaceWhenItsWriterReadsSomethingElse() throws IOException {
        assertThat(findings(
                        "    early: [file]\n",
                        "",
                        "cap: 10000 }",
                        "cap: 10000 }\n  old: { key: my:old, external: a planner, pace_s: none }",
                        FILER,
                        FILER.replace("plans", "old")))
                .isEmpty();
    }

    @Test
    void aLateStageThatMayWaitNoTimeIsWarnedOf() throws IOException {
        assertThat(findings("state: state }\n", "state: state }\n    settings: { wait_ms: 0 }\n"))
                .containsExactly("W107");
    }

    @Test
    void anAliasOfTheFileMakesAFieldArrive() throws IOException {
        String[] old = {
            "cap: 10000 }",
            "cap: 10000 }\n  old: { key: my:old, external: a planner, pace_s: 5, fields: [the_id, symbol] }",
            FILER,
            FILER.replace("plans", "old")
        };
        assertThat(findings(old)).containsExactly("W090");
        old[3] = FILER.replace("plans", "old\n    aliases: { the_id: plan_id }");
        assertThat(findings(old)).isEmpty();
    }

    @Test
    void aWriterOutsideIsAskedOnlyForFieldsTheFileNames() throws IOException {
        assertThat(findings(
                        "cap: 10000 }",
                        "cap: 10000 }\n  old: { key: my:old, external: a planner, pace_s: 5 }",
                        FILER,
                        FILER.replace("plans", "old")))
                .isEmpty();
    }

    @Test
    void timesThatAreEqualFit() throws IOException {
        assertThat(findings("dedupe: filed }\n", "dedupe: filed }\n    settings: { ttl_sec: 600, guard_sec: 600 }\n"))
                .isEmpty();
        assertThat(findings("cap: 10000 }", "cap: 10000, pace_s: 600 }")).isEmpty();
        assertThat(findings("pace_s: 60 }", "pace_s: 600 }")).isEmpty();
    }

    @Test
    void aLoopThatIsMeantIsNone() throws IOException {
        String loop = "  turn:\n    operator: ticker\n    out: { plan: plans }\n  wait:";
        assertThat(findings("  wait:", loop)).containsExactly("W087");
        assertThat(findings("  wait:", loop, "cap: 10000 }", "cap: 10000, shared: true }"))
                .isEmpty();
    }

    @Test
    void whatOnlyStagesThatAreSwitchedOffWouldSayIsNotSaid() throws IOException {
        assertThat(findings(
                        "  wait:",
                        "  off:\n    operator: ticker\n    enabled: false\n    out: { plan: plans }\n  wait:"))
                .isEmpty();
    }

    @Test
    void aSecretFromTheEnvironmentIsNotInClear() throws IOException {
        String redis = "redis: { password: \"${SECRET:-%s}\" }\nstreams:\n";
        assertThat(findings("streams:\n", String.format(redis, ""))).isEmpty();
        assertThat(findings("streams:\n", String.format(redis, "written"))).containsExactly("W027");
    }

    private List<String> findings(String... replacements) throws IOException {
        String text = Files.readString(Path.of("src/test/resources/chain.yaml"));
        for (int i = 0; i < replacements.length; i += 2) {
            assertThat(text).contains(replacements[i]);
            text = text.replace(replacements[i], replacements[i + 1]);
        }
        Path file = Files.writeString(directory.resolve("wiring.yaml"), text);
        WiringResult result = Wiring.load(file, Map.of(), SmallCatalog.ALL);
        return result.findings().stream()
                .map(Problem::code)
                .map(code -> code.id())
                .toList();
    }
}
