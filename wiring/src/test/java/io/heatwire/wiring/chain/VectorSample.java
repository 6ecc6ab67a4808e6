package io.heatwire.wiring.chain;

import com.google.gson.JsonObject;
import io.heatwire.operators.world.GoldenVectors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Which recorded cases run through an engine: some from all over the file, and every one that says more than plain fields. */
final class VectorSample {

    private VectorSample() {}

    /**
     * The tests.
     *
     * @param size how many plain cases; {@code -Dheatwire.sample=N} takes another number
     * @param expressible whether the shipped wiring can say what the case says
     */
    static Stream<DynamicTest> tests(
            String file, int size, Predicate<GoldenVectors.Case> expressible, Consumer<GoldenVectors.Case> test) {
        List<GoldenVectors.Case> able =
                GoldenVectors.cases(file).stream().filter(expressible).toList();
        List<GoldenVectors.Case> plain =
                able.stream().filter(vector -> !isSpecial(vector)).toList();
        int wanted = Math.min(Integer.getInteger("heatwire.sample", size), plain.size());
        Set<String> chosen = IntStream.range(0, wanted)
                .mapToObj(
                        i -> plain.get((int) ((long) i * plain.size() / wanted)).id())
                .collect(Collectors.toCollection(HashSet::new));
        able.stream()
                .filter(VectorSample::isSpecial)
                .map(GoldenVectors.Case::id)
                .forEach(chosen::add);
        return GoldenVectors.tests(file, vector -> chosen.contains(vector.id()), test);
    }

    /** Bytes that are no text, or somebody else's commands around the run. */
    private static boolean isSpecial(GoldenVectors.Case vector) {
        JsonObject given = vector.given();
        return given.toString().contains("\"b64\"")
                || given.toString().contains("\"cmd\"")
                || given.keySet().stream().anyMatch(name -> name.contains("commands") && !isEmpty(given, name));
    }

    private static boolean isEmpty(JsonObject given, String name) {
        return given.get(name).isJsonNull()
                || given.get(name).isJsonArray() && given.getAsJsonArray(name).isEmpty();
    }
}
