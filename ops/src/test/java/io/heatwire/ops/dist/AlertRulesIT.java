package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped alerts, held against promtool: each fires where it should and is silent where it should. */
final class AlertRulesIT {

    private static final Path RULES = PrometheusTools.shipped("prometheus/rules.yaml");

    @TempDir
    private Path directory;

    private static Run promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(PrometheusTools.find("promtool")));
        command.addAll(List.of(arguments));
        return Run.of(command, Map.of());
    }

    @Test
    void promtoolTakesTheRulesAndTheScrapeConfiguration() throws Exception {
        Run rules = promtool("check", "rules", "--lint-fatal", RULES.toString());
        assertThat(rules.exitCode()).as(rules.output()).isZero();
        Run scrape = promtool(
                "check",
                "config",
                PrometheusTools.shipped("prometheus/scrape.yaml").toString());
        assertThat(scrape.exitCode()).as(scrape.output()).isZero();
    }

    @Test
    void everyAlertFiresWhereItShouldAndIsSilentWhereItShould() throws Exception {
        Run run = test(PrometheusTools.shipped("prometheus/tests"));

        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    @Test
    void anAlertThatNeverFiresAndOneThatFiresTooSoonAreFound() throws Exception {
        copy(PrometheusTools.shipped("prometheus/tests"));
        String rules = Files.readString(RULES);
        String never = rules.replace(
                "(heatwire_stage_up{job=\"heatwire\"}) == 0", "(heatwire_stage_up{job=\"heatwire\"}) == 7");
        String soon = rules.replaceFirst("(?s)(HeatwireStageDown.*?for: )2m", "$10s");
        for (String broken : List.of(never, soon)) {
            assertThat(broken).isNotEqualTo(rules);
            Files.writeString(directory.resolve("rules.yaml"), broken);
            Run run = promtool(
                    "test", "rules", directory.resolve("tests/engine.yaml").toString());

            assertThat(run.exitCode()).isNotZero();
            assertThat(run.output()).contains("HeatwireStageDown");
        }
    }

    private void copy(Path tests) throws IOException {
        Path into = Files.createDirectories(directory.resolve("tests"));
        for (Path file : files(tests)) {
            Files.copy(file, into.resolve(file.getFileName().toString()));
        }
    }

    private static Run test(Path tests) throws Exception {
        return promtool(
                Stream.concat(Stream.of("test", "rules"), files(tests).stream().map(Path::toString))
                        .toArray(String[]::new));
    }

    private static List<Path> files(Path tests) throws IOException {
        try (Stream<Path> files = Files.list(tests)) {
            return files.sorted().toList();
        }
    }
}
