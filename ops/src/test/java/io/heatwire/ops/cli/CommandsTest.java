package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {

    private final PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    private final Console console = new Console(nowhere, nowhere, Map.of(), new StopRequest());

    @Test
    void everyCommandIsKnownByTheNameItHas() {
        Map<String, CommandLine> all = Commands.all(console).getSubcommands();
        assertThat(all).hasSizeGreaterThan(20);
        all.forEach(
                (name, command) -> assertThat(command.getCommandSpec().name()).isEqualTo(name));
    }

    @Test
    void aCommandLineThatNamesACommandMakesThatOneAlone() {
        assertThat(Commands.of(console, "run", "--wiring", "x").getSubcommands())
                .containsOnlyKeys("run");
        assertThat(Commands.of(console, "dead", "ls").getSubcommands()).containsOnlyKeys("dead");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "Run", "rum", "", "--version"})
    void aCommandLineThatNamesNoneMakesAllOfThem(String first) {
        assertThat(Commands.of(console, first).getSubcommands())
                .containsOnlyKeys(Commands.all(console).getSubcommands().keySet());
    }

    @Test
    void anEmptyCommandLineMakesAllOfThem() {
        assertThat(Commands.of(console).getSubcommands()).containsKey("run").containsKey("help");
    }
}
