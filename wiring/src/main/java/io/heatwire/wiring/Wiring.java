package io.heatwire.wiring;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.wiring.assembly.EngineAssembly;
import io.heatwire.wiring.check.WiringRules;
import io.heatwire.wiring.environment.Environment;
import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.file.WiringFile;
import io.heatwire.wiring.file.WiringYaml;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.live.LiveCheck;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.SourceText;
import io.heatwire.wiring.shape.GraphShape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The door: loads a wiring file, checks all of it, and makes the plan. */
public final class Wiring {

    private Wiring() {}

    /**
     * Loads every stage that is switched on.
     *
     * @param environment the variables that references in the file may take
     * @param catalog the operators there are
     * @return the plan, or every problem that could be found; never throws for what a file or the environment says
     */
    public static WiringResult load(Path file, Map<String, String> environment, List<OperatorSpec> catalog) {
        return load(file, environment, catalog, Set.of());
    }

    /**
     * Loads some stages. The whole file is checked all the same.
     *
     * @param only names of stages; empty for all that are switched on
     */
    public static WiringResult load(
            Path file, Map<String, String> environment, List<OperatorSpec> catalog, Set<String> only) {
        Findings findings = new Findings();
        Optional<String> text = WiringFile.read(file, findings);
        SourceText source = text.map(read -> SourceText.of(file.toString(), read))
                .orElseGet(() -> SourceText.unread(file.toString()));
        Optional<Node> document = text.flatMap(read -> WiringYaml.parse(read, source, findings));
        if (document.isEmpty()) {
            return new WiringResult.Refused(findings.inOrder(), source);
        }
        Node root = Environment.substitute(document.get(), environment, findings);
        Graph graph = GraphShape.read(root, catalog, findings);
        WiringRules.check(graph, findings);
        RunningStages.check(graph, only, findings);
        return findings.refuse()
                ? new WiringResult.Refused(findings.inOrder(), source)
                : new WiringResult.Ready(plan(graph, only), graph, findings.warnings(), source);
    }

    private static WiringPlan plan(Graph graph, Set<String> only) {
        List<StageWire> running = RunningStages.of(graph, only);
        EnginePlan engine = EngineAssembly.plan(graph, running);
        return new WiringPlan(
                engine, RunningStages.listeners(graph, running), LiveCheck.of(graph, running, engine), graph);
    }
}
