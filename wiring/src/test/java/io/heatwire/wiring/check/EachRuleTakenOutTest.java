package io.heatwire.wiring.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.wiring.SmallCatalog;
import io.heatwire.wiring.environment.Environment;
import io.heatwire.wiring.file.WiringFile;
import io.heatwire.wiring.file.WiringYaml;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.SourceText;
import io.heatwire.wiring.shape.GraphShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Takes each rule out in turn. A golden pair that still showed its code then would prove nothing of the rule. */
final class EachRuleTakenOutTest {

    private static final Path PAIRS = Path.of("src/test/resources/problems");

    /** The pairs whose code a rule finds, each with the rules without which it is missed. */
    private static final Map<String, Set<String>> RULES_OF_PAIR = new TreeMap<>();

    @BeforeAll
    static void takeEachOut() throws IOException {
        try (Stream<Path> files = Files.list(PAIRS)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".yaml")).toList()) {
                String pair = file.getFileName().toString();
                String code = pair.substring(0, 4);
                graph(file)
                        .filter(graph -> codes(graph, rule -> true).contains(code))
                        .ifPresent(graph -> RULES_OF_PAIR.put(pair, needed(graph, code)));
            }
        }
    }

    private static Set<String> needed(Graph graph, String code) {
        return WiringRules.names().stream()
                .filter(out -> !codes(graph, rule -> !rule.equals(out)).contains(code))
                .collect(Collectors.toSet());
    }

    private static Set<String> codes(Graph graph, Predicate<String> isIn) {
        Findings findings = new Findings();
        WiringRules.check(graph, findings, isIn);
        return findings.inOrder().stream().map(problem -> problem.code().id()).collect(Collectors.toSet());
    }

    /** What the file says; empty when it says nothing that a rule could look at. */
    private static Optional<Graph> graph(Path file) throws IOException {
        Map<String, String> environment = new HashMap<>();
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Findings unasked = new Findings();
        Optional<String> text = WiringFile.read(file, unasked);
        text.stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("# env: "))
                .forEach(line -> {
                    String[] pair = line.substring(7).split("=", 2);
                    environment.put(pair[0], pair[1]);
                });
        return text.flatMap(read -> WiringYaml.parse(read, SourceText.of(file.toString(), read), unasked))
                .map(root -> Environment.substitute(root, environment, unasked))
                .map(root -> GraphShape.read(root, SmallCatalog.ALL, unasked));
    }

    @TestFactory
    Stream<DynamicTest> aPairMissesItsCodeWithoutItsRule() {
        return RULES_OF_PAIR.entrySet().stream()
                .map(pair -> DynamicTest.dynamicTest(
                        pair.getKey(),
                        () -> assertThat(pair.getValue())
                                .as("rules without which it is missed")
                                .hasSize(1)));
    }

    @TestFactory
    Stream<DynamicTest> eachRuleIsProvedByAPair() {
        List<String> proved =
                RULES_OF_PAIR.values().stream().flatMap(Set::stream).toList();
        return WiringRules.names().stream()
                .map(rule ->
                        DynamicTest.dynamicTest(rule, () -> assertThat(proved).contains(rule)));
    }
}
