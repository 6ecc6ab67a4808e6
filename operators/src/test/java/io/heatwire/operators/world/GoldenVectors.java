package io.heatwire.operators.world;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** The golden vectors recorded from the reference, one test for each case; skipped loudly when the directory is absent. */
public final class GoldenVectors {

    private GoldenVectors() {}

    /** One recorded case. */
    public record Case(String id, String name, JsonObject given, JsonObject expect) {

        /** Whether this reference version gives exactly the recorded answer. */
        public boolean isOf(String version) {
            return given.getAsJsonArray("ref").asList().stream()
                    .anyMatch(ref -> ref.getAsString().equals(version));
        }

        /** The frozen clock of the case, in ms. */
        public long nowMs() {
            return (long) (given.get("now_epoch").getAsDouble() * 1000);
        }
    }

    /** A test for every case of the file that the filter lets through. */
    public static Stream<DynamicTest> tests(String file, Predicate<Case> filter, Consumer<Case> test) {
        Path path = directory().resolve(file);
        if (!Files.isReadable(path)) {
            String skipped = "SKIPPED: golden vectors not found at " + path + " (set -Dheatwire.vectors=DIR)";
            return Stream.of(DynamicTest.dynamicTest(skipped, () -> {
                System.err.println(skipped);
                Assumptions.abort(skipped);
            }));
        }
        List<Case> cases = read(path).stream().filter(filter).toList();
        if (cases.isEmpty()) {
            throw new IllegalStateException("no case of " + path + " passes the filter");
        }
        return cases.stream()
                .map(vector -> DynamicTest.dynamicTest(vector.id() + " " + vector.name(), () -> test.accept(vector)));
    }

    /** All cases of the file, empty when it is absent. */
    public static List<Case> cases(String file) {
        Path path = directory().resolve(file);
        return Files.isReadable(path) ? read(path) : List.of();
    }

    private static Path directory() {
        return Path.of(System.getProperty("heatwire.vectors", "../../shared/contract/vectors"));
    }

    private static List<Case> read(Path path) {
        try {
            return Files.readAllLines(path).stream()
                    .map(line -> JsonParser.parseString(line).getAsJsonObject())
                    .map(line -> new Case(
                            line.get("id").getAsString(),
                            line.get("name").getAsString(),
                            line.getAsJsonObject("given"),
                            line.getAsJsonObject("expect")))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
