package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;

/** At least one stage is switched on. */
final class SomethingRuns implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        if (!graph.stages().isEmpty() && graph.stagesOn().isEmpty()) {
            StageWire first = graph.stages().get(0);
            findings.add(
                    ProblemCode.NOTHING_RUNS,
                    first.name().place(),
                    "every stage is switched off",
                    "write enabled: true at one of them at least");
        }
    }
}
