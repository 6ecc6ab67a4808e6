package io.heatwire.ops.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The shipped wiring in each format; with -Dheatwire.golden.write=true the files are written anew. */
final class GoldenPicturesTest {

    private static Picture shipped() {
        WiringResult result = Wiring.load(Path.of("etc/heatwire.yaml"), Map.of(), OperatorCatalog.all());
        return PictureOfWiring.of(((WiringResult.Ready) result).graph(), false);
    }

    @ParameterizedTest
    @EnumSource
    void theShippedWiringLooksAsItDid(PictureFormat format) throws IOException {
        Path golden = Path.of("src/test/resources/io/heatwire/ops/graph/heatwire." + format);
        String drawn = format.write(shipped());
        if (Boolean.getBoolean("heatwire.golden.write")) {
            Files.writeString(golden, drawn);
        }
        assertThat(drawn).isEqualToNormalizingNewlines(Files.readString(golden));
        assertThat(format.write(shipped())).as("twice the same").isEqualTo(drawn);
    }

    @ParameterizedTest
    @EnumSource(names = "text")
    void theTextFitsATerminalOfHundredColumns(PictureFormat format) {
        assertThat(format.write(shipped()).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    }
}
