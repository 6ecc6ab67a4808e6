package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

final class PackagePagesTest {

    @TempDir
    private Path directory;

    private String page() throws Exception {
        PackagePages.write(directory);
        try (InputStream in = new GZIPInputStream(Files.newInputStream(directory.resolve("heatwire.1.gz")))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\\-", "-");
        }
    }

    @Test
    void hasEveryCommandAndOptionOfTheHelpInTheManual() throws Exception {
        String page = page();

        for (CommandLine command : PackagePages.commands().getSubcommands().values()) {
            if (command.getCommandSpec().usageMessage().hidden()) {
                assertThat(page).doesNotContain(".SS \"heatwire " + command.getCommandName());
                continue;
            }
            assertThat(page).contains(".SS \"heatwire " + command.getCommandName() + "\"");
            for (OptionSpec option : command.getCommandSpec().options()) {
                assertThat(page).contains(option.longestName());
                assertThat(page)
                        .contains(option.description()[0].replace("%n", " ").replace("%%", "%"));
            }
        }
        assertThat(page)
                .contains("--stage", "HEATWIRE_JAVA_OPTS", ".SS \"heatwire dead requeue\"")
                .doesNotContain("%n");
    }

    @Test
    void completesCommandsInBash() throws Exception {
        PackagePages.write(directory);
        Path completion = directory.resolve("heatwire.bash");
        String ask = "source " + completion + "; COMP_WORDS=(heatwire re); COMP_CWORD=1; COMP_LINE='heatwire re';"
                + " _complete_heatwire; echo \"${COMPREPLY[@]}\"";
        Process bash =
                new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(answer.strip()).contains("reload");
        assertThat(bash.waitFor()).isZero();
    }
}
