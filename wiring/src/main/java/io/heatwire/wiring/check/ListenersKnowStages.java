package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.ListenerWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Nearest;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.Set;

/** A listener speaks of stages that are there. */
final class ListenersKnowStages implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        Set<String> stages = graph.declared().stages();
        for (ListenerWire listener : graph.listeners()) {
            for (Word stage : listener.stages()) {
                if (!stages.contains(stage.text())) {
                    findings.add(
                            ProblemCode.UNKNOWN_STAGE,
                            stage.place(),
                            "there is no stage " + Shown.quoted(stage.text()),
                            Nearest.advice(stage.text(), stages));
                }
            }
        }
    }
}
