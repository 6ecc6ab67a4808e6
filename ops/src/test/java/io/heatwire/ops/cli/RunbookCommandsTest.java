package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nobody at 3 a.m. should type a command of the runbook that does not exist. */
final class RunbookCommandsTest {

    private static final Pattern COMMAND = Pattern.compile("(?m)(?:`|^)heatwire ((?:dead )?[a-z]+)([^`\\n]*)");
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");
    private static final Pattern METRIC = Pattern.compile("\\b(?:heatwire|p2[678]|heat_gate)_[a-z_]+");

    private static String runbook() throws IOException {
        return Files.readString(Path.of("../docs/runbook.md"));
    }

    private static String help(String verb) {
        List<String> arguments = new ArrayList<>(List.of(verb.split(" ")));
        arguments.add("--help");
        StringWriter out = new StringWriter();
        Console console =
                new Console(new PrintWriter(out, true), new PrintWriter(out, true), Map.of(), new StopRequest());
        assertThat(Main.run(console, arguments.toArray(new String[0]))).as(verb).isZero();
        return out.toString();
    }

    @Test
    void everyCommandOfOursExistsWithItsOptions() throws IOException {
        List<MatchResult> commands = COMMAND.matcher(runbook()).results().toList();

        assertThat(commands).hasSizeGreaterThan(20).allSatisfy(command -> {
            List<String> options = OPTION.matcher(command.group(2))
                    .results()
                    .map(MatchResult::group)
                    .toList();
            if (!options.isEmpty()) {
                assertThat(help(command.group(1))).as(command.group()).contains(options);
            } else {
                assertThat(help(command.group(1))).as(command.group()).contains("heatwire " + command.group(1));
            }
        });
    }

    @Test
    void everyMetricIsOneOfThoseTheReferenceHas() throws IOException {
        String reference = Files.readString(Path.of("../docs/reference/metrics.md")) + "heatwire_http_refused_total";

        assertThat(METRIC.matcher(runbook()).results().map(MatchResult::group))
                .allSatisfy(metric -> assertThat(reference).contains(metric));
    }
}
