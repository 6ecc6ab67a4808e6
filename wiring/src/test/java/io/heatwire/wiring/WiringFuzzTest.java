package io.heatwire.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.problem.Problem;
import io.heatwire.wiring.problem.ProblemCode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to a wiring file: no exception, no hang, bounded memory, and a refusal has a place. A longer run:
 * {@code -Dheatwire.fuzz.cases=20000 -Dheatwire.fuzz.seed=7}.
 */
final class WiringFuzzTest {

    private static final int CASES = Integer.getInteger("heatwire.fuzz.cases", 400);
    private static final long SEED = Long.getLong("heatwire.fuzz.seed", 20_260_128);
    private static final long MOST_BYTES_PER_FILE = 1L << 30;
    private static final Duration NO_HANG = Duration.ofSeconds(30);

    /** What is wrong with a file as a whole has no line. */
    private static final Set<ProblemCode> OF_THE_FILE =
            Set.of(ProblemCode.FILE_TOO_LARGE, ProblemCode.FILE_UNREADABLE, ProblemCode.EMPTY);

    @TempDir
    private Path directory;

    @Test
    void noDamageToAFileThrowsHangsFillsTheMemoryOrGoesWithoutAPlace() throws IOException {
        List<String> good = List.of(
                Files.readString(Path.of("../ops/etc/heatwire.yaml")),
                Files.readString(Path.of("src/test/resources/incidents/healthy.yaml")));
        Random random = new Random(SEED);
        MutatedFile mutated = new MutatedFile(random);
        for (int i = 0; i < CASES; i++) {
            byte[] bytes = mutated.of(good.get(random.nextInt(good.size())));
            Path file = Files.write(directory.resolve("wiring.yaml"), bytes);
            String title = "case " + i + " of seed " + SEED;
            WiringResult result = assertTimeoutPreemptively(NO_HANG, () -> load(file, title), title);
            check(result, title + ":\n" + shown(bytes));
        }
    }

    private static WiringResult load(Path file, String title) {
        long before = allocated();
        WiringResult result = Wiring.load(file, Map.of(), OperatorCatalog.all());
        assertThat(result.render().length()).as(title).isLessThan(500_000);
        assertThat(allocated() - before).as("bytes allocated for " + title).isLessThan(MOST_BYTES_PER_FILE);
        return result;
    }

    private static void check(WiringResult result, String title) {
        if (result instanceof WiringResult.Refused) {
            assertThat(result.findings())
                    .as(title)
                    .anyMatch(problem -> !problem.code().isWarning());
        }
        for (Problem problem : result.findings()) {
            assertThat(problem.line() > 0 || OF_THE_FILE.contains(problem.code()))
                    .as(problem + " has a place in " + title)
                    .isTrue();
        }
        assertThat(result.render()).as(title).doesNotContain("Exception", "\tat ");
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private static String shown(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.length() > 2_000 ? text.substring(0, 2_000) + "..." : text;
    }
}
