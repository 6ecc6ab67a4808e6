package io.heatwire.wiring.shape;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.graph.Declared;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the whole document into a graph. */
public final class GraphShape {

    private static final String VERSION = "1";
    static final Set<String> KEYS =
            Set.of("heatwire", "redis", "engine", "streams", "lookups", "stages", "coverage", "http");

    private GraphShape() {}

    /** The graph, without the parts that could not be read; these have been noted. */
    public static Graph read(Node root, List<OperatorSpec> catalog, Findings findings) {
        Section file = Section.of(Section.FILE, root, findings, KEYS);
        version(file);
        Section streams = named(file, "streams");
        Section keys = named(file, "lookups");
        Section stages = named(file, "stages");
        if (!file.has("stages") && root instanceof Node.Mapping) {
            findings.add(ProblemCode.VALUE_MISSING, file.place(), "the file has no stages", "add stages: ...");
        }
        return new Graph(
                RedisShape.read(file.section("redis", RedisShape.KEYS)),
                EngineShape.read(file.section("engine", EngineShape.KEYS)),
                StreamShape.read(streams),
                KeyShape.read(keys),
                new StageShape(catalog, findings).read(stages),
                ListenerShape.read(file),
                CoverageShape.read(named(file, "coverage")),
                new Declared(names(streams), names(keys), names(stages)));
    }

    private static void version(Section file) {
        Word version = file.required("heatwire");
        if (!version.isMissing() && !VERSION.equals(version.text())) {
            file.findings()
                    .add(
                            ProblemCode.UNKNOWN_VERSION,
                            version.place(),
                            "version " + Shown.quoted(version.text()) + " of the wiring is not known",
                            "write heatwire: 1");
        }
    }

    private static Section named(Section file, String key) {
        Section section = file.node(key)
                .map(node -> Section.open(key, node, file.findings()))
                .orElseGet(() -> Section.absent(key, file.place(), file.findings()));
        section.entries().forEach(entry -> Names.check(entry.key(), file.findings()));
        return section;
    }

    private static Set<String> names(Section section) {
        return section.entries().stream().map(entry -> entry.key().text()).collect(Collectors.toUnmodifiableSet());
    }
}
