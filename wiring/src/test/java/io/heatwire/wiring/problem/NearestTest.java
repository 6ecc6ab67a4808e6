package io.heatwire.wiring.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NearestTest {

    private static final List<String> NAMES = List.of("batch", "block_ms", "block_s", "group", "in");

    @Test
    void findsTheNameThatWasMeant() {
        assertThat(Nearest.to("bacth", NAMES)).contains("batch");
        assertThat(Nearest.to("BATCH", NAMES)).contains("batch");
        assertThat(Nearest.to("blokc_ms", NAMES)).contains("block_ms");
        assertThat(Nearest.to("inn", NAMES)).contains("in");
        assertThat(Nearest.to("grp", NAMES)).isEmpty();
    }

    @Test
    void takesNoNameForAWildGuess() {
        assertThat(Nearest.to("colour", NAMES)).isEmpty();
        assertThat(Nearest.to("x".repeat(100_000), NAMES)).isEmpty();
        assertThat(Nearest.advice("colour", NAMES)).isEqualTo("write one of batch, block_ms, block_s, group, in");
        assertThat(Nearest.advice("colour", List.of())).isEmpty();
    }
}
