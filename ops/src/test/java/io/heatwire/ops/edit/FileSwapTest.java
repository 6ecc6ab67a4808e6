package io.heatwire.ops.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSwapTest {

    @TempDir
    private Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path file(String mode) throws IOException {
        Path file = Files.writeString(directory.resolve("wiring.yaml"), "old");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void replacesTheFileAndKeepsItsMode() throws IOException {
        Path file = file("rw-r-----");
        FileSwap swap = new FileSwap(file);

        Path backup = swap.keep(bytes("old"), Instant.parse("2026-11-22T15:00:00.123Z"));
        swap.replaceBy(swap.prepare(bytes("new")), bytes("old"));

        assertThat(file).hasContent("new");
        assertThat(mode(file)).isEqualTo("rw-r-----");
        assertThat(backup).hasContent("old").hasFileName("wiring.yaml.20261122T150000123Z.bak");
        assertThat(mode(backup)).isEqualTo("rw-r-----");
        assertThat(directory).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void leavesAFileAloneThatSomebodyHasChangedMeanwhile() throws IOException {
        Path file = file("rw-r--r--");
        FileSwap swap = new FileSwap(file);
        Path candidate = swap.prepare(bytes("new"));
        Files.writeString(file, "somebody's");

        assertThatThrownBy(() -> swap.replaceBy(candidate, bytes("old")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("changed by somebody else");
        assertThat(file).hasContent("somebody's");
    }

    @Test
    void replacesWhatALinkPointsToAndLeavesTheLink() throws IOException {
        Path file = file("rw-r--r--");
        Path link = Files.createSymbolicLink(directory.resolve("link.yaml"), file);
        FileSwap swap = new FileSwap(link);

        swap.replaceBy(swap.prepare(bytes("new")), bytes("old"));

        assertThat(link).isSymbolicLink().hasContent("new");
    }

    @Test
    void letsOneCommandChangeThingsAtATime() throws IOException {
        try (ChangeLock lock = ChangeLock.take(directory).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertThat(ChangeLock.take(directory)).isEmpty();
        }
        try (ChangeLock again = ChangeLock.take(directory).orElseThrow()) {
            assertThat(again).isNotNull();
        }
    }
}
