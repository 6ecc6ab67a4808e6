package io.heatwire.engine.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Uneven load and random faults for a while: everything exactly once, and nothing that grows. In CI some seconds, in the long form
 * half an hour; {@code -Dheatwire.soak.seconds=0} leaves it out.
 */
@Tag("fault")
@Isolated
class SoakIT {

    private static final long SEED = 20261122;
    private static final int SECONDS = Integer.getInteger("heatwire.soak.seconds", 20);

    @Test
    void staysExactAndFlatUnderRandomFaults() {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                SECONDS > 0 && Form.chosen().only().isEmpty());
        Setup setup = Setup.several("--appendonly", "yes", "--appendfsync", "always");
        try (Bench bench = Trial.soak(SEED).bench(setup)) {
            Soak soak = new Soak(bench, new Random(SEED));
            soak.run(Duration.ofSeconds(Math.max(4, SECONDS / 5)));
            Figures warm = soak.figures();
            soak.run(Duration.ofSeconds(SECONDS));
            Figures end = soak.figures();
            Report.soak(page(soak, warm, end));
            assertThat(soak.audit().wrong()).isEmpty();
            assertThat(soak.audit().settled()).isPositive();
            assertThat(end.grownSince(warm)).isEmpty();
        }
    }

    private static List<String> page(Soak soak, Figures warm, Figures end) {
        List<String> lines = new ArrayList<>();
        Map<String, Integer> faults = new TreeMap<>(soak.faults());
        lines.add(String.format(
                "%d s after a warm-up, seed %d: %,d entries, doubled %d, lost %d; faults: %s.",
                SECONDS,
                SEED,
                soak.audit().settled(),
                soak.audit().doubled(),
                soak.audit().missing(),
                faults.toString().replaceAll("[{}]", "").replace("=", " ")));
        lines.add("");
        lines.add("| figure | after the warm-up | at the end |");
        lines.add("|---|---|---|");
        warm.values()
                .forEach((name, value) -> lines.add(String.format(
                        "| %s | %,d | %,d |", name, value, end.values().get(name))));
        return lines;
    }
}
