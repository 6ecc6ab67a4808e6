package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does what the guides say, command by command, and holds what is printed against what they show. */
final class GuideIT {

    private static final Path DOCS =
            Path.of(System.getProperty("heatwire.launcher")).resolveSibling("../../docs");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"guide/first-hour.md", "guide/wire.md", "guide/operate.md", "guide/migrate.md"})
    void everyCommandOfTheGuideDoesWhatItSays(String guide) throws Exception {
        Optional<Path> redisCli = GuideShell.redisCli();
        assumeTrue(redisCli.isPresent(), "no redis-cli here: .ci/tools fetches one; " + guide + " was NOT tried");
        List<GuideBlock> blocks = GuideBlock.of(Files.readString(DOCS.resolve(guide)));
        assertThat(blocks).anyMatch(GuideBlock::isRun);
        GuideShell shell = new GuideShell(folder, redisCli.orElseThrow());
        try {
            for (GuideBlock block : blocks) {
                shell.take(block);
            }
            shell.stop();
        } finally {
            shell.kill();
        }
    }

    @Test
    void aLineThatIsNotPrintedIsMissed() {
        assertThat(GuidePrint.missing("read 3\n...\nlast 12 s ago", "read   3\nmore\nlast 9 s ago, lag 0"))
                .isEmpty();
        assertThat(GuidePrint.missing("read 4", "read 3")).containsExactly("read 4");
        assertThat(GuidePrint.missing("a\nb", "b\na")).containsExactly("b");
    }
}
