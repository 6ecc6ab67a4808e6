package io.heatwire.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.SourceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each problem code has a file that shows it and the exact text people get; a code that several rules find has one for each, such
 * as {@code W042-early}. A first line {@code # env: NAME=value} sets the
 * environment, {@code # only: stage} asks for a stage, {@code # grow} makes the
 * file larger than it is. Run with {@code -Dheatwire.golden.write=true} to write the texts anew,
 * then read the difference.
 */
final class ProblemPairsTest {

    private static final Path PAIRS = Path.of("src/test/resources/problems");
    private static final boolean WRITE = Boolean.getBoolean("heatwire.golden.write");

    @TestFactory
    Stream<DynamicTest> everyCodeHasAPairThatShowsIt() {
        return Arrays.stream(ProblemCode.values())
                .filter(code -> !code.isLive())
                .map(code -> DynamicTest.dynamicTest(code.id() + " " + code, () -> check(code.id())));
    }

    @TestFactory
    Stream<DynamicTest> everyFurtherPairShowsItsCode() throws IOException {
        try (Stream<Path> files = Files.list(PAIRS)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("....-.*\\.yaml"))
                    .map(name -> name.replace(".yaml", ""))
                    .sorted()
                    .toList();
            return names.stream().map(name -> DynamicTest.dynamicTest(name, () -> check(name)));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyPairBelongsToACode() throws IOException {
        Set<String> codes =
                Set.of(Arrays.stream(ProblemCode.values()).map(ProblemCode::id).toArray(String[]::new));
        try (Stream<Path> files = Files.list(PAIRS)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            return names.stream()
                    .map(name -> DynamicTest.dynamicTest(
                            name, () -> assertThat(codes).contains(name.substring(0, 4))));
        }
    }

    private static void check(String pair) throws IOException {
        Path file = PAIRS.resolve(pair + ".yaml");
        Path expected = PAIRS.resolve(pair + ".expected");
        String rendered = load(file).render();
        if (WRITE) {
            Files.writeString(expected, rendered);
        }
        assertThat(rendered).contains(" " + pair.substring(0, 4) + " ").isEqualTo(Files.readString(expected));
    }

    private static WiringResult load(Path file) throws IOException {
        Map<String, String> environment = new HashMap<>();
        Set<String> only = Set.of();
        for (String line : firstLines(file)) {
            if (line.startsWith("# env: ")) {
                String[] pair = line.substring(7).split("=", 2);
                environment.put(pair[0], pair[1]);
            } else if (line.startsWith("# only: ")) {
                only = Set.of(line.substring(8).split(","));
            }
        }
        Path named = Path.of(file.getFileName().toString());
        return rename(Wiring.load(grown(file), environment, SmallCatalog.ALL, only), named.toString());
    }

    private static WiringResult rename(WiringResult result, String name) {
        if (result instanceof WiringResult.Refused refused) {
            return new WiringResult.Refused(
                    refused.problems(), new SourceText(name, refused.source().lines()));
        }
        WiringResult.Ready ready = (WiringResult.Ready) result;
        return new WiringResult.Ready(
                ready.plan(),
                ready.graph(),
                ready.warnings(),
                new SourceText(name, ready.source().lines()));
    }

    /** A file that asks for it is loaded with many more lines. */
    private static Path grown(Path file) throws IOException {
        if (!firstLines(file).contains("# grow")) {
            return file;
        }
        Path grown = Files.createTempFile(Path.of("target"), "grown", ".yaml");
        return Files.writeString(grown, Files.readString(file) + "# more\n".repeat(300_000));
    }

    private static List<String> firstLines(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return text.lines().limit(5).toList();
    }
}
