package io.heatwire.wiring.check;

import io.heatwire.contract.declare.Timing;
import io.heatwire.wiring.graph.SourceWire.OnInterval;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;

/** A guard of a polled stage stands longer than one turn: else each turn does everything anew. A warning: that may be meant. */
final class GuardsLastATurn implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        for (StageWire stage : wires.graph().stagesOn()) {
            if (stage.source() instanceof OnInterval interval) {
                Times.of(stage, Timing.Span.GUARD)
                        .filter(guard -> guard.ms() <= interval.everyMs())
                        .forEach(guard -> findings.add(
                                ProblemCode.GUARD_TOO_SHORT,
                                guard.place(),
                                guard.says() + " is over before the next turn, " + Times.shown(interval.everyMs())
                                        + " later: it guards nothing",
                                "let it stand for several turns"));
            }
        }
    }
}
