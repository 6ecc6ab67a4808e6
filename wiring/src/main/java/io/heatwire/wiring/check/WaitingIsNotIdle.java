package io.heatwire.wiring.check;

import io.heatwire.contract.declare.Timing;
import io.heatwire.wiring.graph.SourceWire.FromStream;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;

/**
 * An entry that waits for its key is pending all that time, and must not look abandoned to another consumer. A warning: with one
 * consumer nobody takes it.
 */
final class WaitingIsNotIdle implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        for (StageWire stage : wires.graph().stagesOn()) {
            if (stage.source() instanceof FromStream source) {
                Times.of(stage, Timing.Span.WAIT)
                        .filter(wait -> wait.ms() >= source.minIdleMs())
                        .forEach(wait -> findings.add(
                                ProblemCode.TAKEN_WHILE_WAITING,
                                wait.place(),
                                wait.says() + " is not shorter than min_idle_ms (" + Times.shown(source.minIdleMs())
                                        + "): another consumer would take over what still waits",
                                "write min_idle_ms: " + (wait.ms() + source.minIdleMs()) + " or more"));
            }
        }
    }
}
