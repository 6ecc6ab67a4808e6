package io.heatwire.ops.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NotifyCommandTest {

    @TempDir
    private Path directory;

    @Test
    void saysThatNothingArrivesWhereNobodyListens() {
        Messages toNobody = new NotifyCommand(directory.resolve("notify").toString());

        assertThat(toNobody.send(List.of("READY=1")).block(Duration.ofSeconds(60)))
                .isFalse();
    }
}
