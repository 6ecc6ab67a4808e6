package io.heatwire.ops.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class JournalStreamTest {

    @TempDir
    private Path directory;

    @Test
    void isTheOneThatTheEnvironmentNames() throws IOException {
        Path stream = Files.createFile(directory.resolve("stream"));
        Path other = Files.createFile(directory.resolve("other"));
        Map<String, String> environment = Map.of(
                "JOURNAL_STREAM",
                Files.getAttribute(stream, "unix:dev") + ":" + Files.getAttribute(stream, "unix:ino"));

        assertThat(JournalStream.takes(stream, environment)).isTrue();
        assertThat(JournalStream.takes(other, environment)).isFalse();
        assertThat(JournalStream.takes(directory.resolve("none"), environment)).isFalse();
    }

    @Test
    void isNotThereWithoutSystemd() {
        assertThat(JournalStream.takesStandardError(Map.of())).isFalse();
        assertThat(JournalStream.takesStandardError(Map.of("JOURNAL_STREAM", "nonsense")))
                .isFalse();
    }
}
