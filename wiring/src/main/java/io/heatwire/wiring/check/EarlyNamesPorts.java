package io.heatwire.wiring.check;

import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Nearest;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.List;

/** What a stage may do early is one of its look-ups. */
final class EarlyNamesPorts implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        for (StageWire stage : graph.stages()) {
            List<String> ports = stage.spec().lookUps().stream()
                    .filter(lookUp -> lookUp.type() == LookUpSpec.Type.HASH || lookUp.type() == LookUpSpec.Type.VALUE)
                    .map(LookUpSpec::port)
                    .toList();
            for (Word port : stage.early()) {
                if (!ports.contains(port.text())) {
                    String advice = Nearest.advice(port.text(), ports);
                    findings.add(
                            ProblemCode.UNKNOWN_PORT,
                            port.place(),
                            stage.spec().name() + " has no look-up " + Shown.quoted(port.text()) + " to do early",
                            advice.isEmpty() ? "leave it out" : advice);
                }
            }
        }
    }
}
