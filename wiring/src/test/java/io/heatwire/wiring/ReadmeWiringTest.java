package io.heatwire.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.operators.OperatorCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the README is a wiring that works. */
final class ReadmeWiringTest {

    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @Test
    void theExampleLoadsWithoutAProblemOrAWarning(@TempDir Path folder) throws IOException {
        Matcher block = YAML.matcher(Files.readString(Path.of("../README.md")));
        int blocks = 0;
        while (block.find()) {
            blocks++;
            Path file = Files.writeString(folder.resolve("readme.yaml"), block.group(1));
            WiringResult result = Wiring.load(file, Map.of(), OperatorCatalog.all());
            assertThat(result).as(result.render()).isInstanceOf(WiringResult.Ready.class);
            assertThat(result.render()).isEmpty();
        }
        assertThat(blocks).isPositive();
    }
}
