package io.heatwire.wiring.check;

import io.heatwire.contract.declare.Timing;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.List;

/**
 * A guard does not outlive the key that it keeps from being written again: between the two ends the key is gone, and what would
 * write it anew is skipped. Certain, whatever the load.
 */
final class GuardsEndBeforeKeys implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        for (StageWire stage : wires.graph().stagesOn()) {
            Times.of(stage, Timing.Span.GUARD)
                    .forEach(guard -> guard.timing().guarded().stream()
                            .flatMap(port -> Times.of(stage, Timing.Span.LIFE, port))
                            .filter(life -> guard.ms() > life.ms())
                            .forEach(life -> note(guard, life, findings)));
        }
    }

    private static void note(Times guard, Times life, Findings findings) {
        findings.add(
                ProblemCode.GUARD_OUTLIVES_KEY,
                guard.place(),
                guard.says() + " is longer than " + life.says() + ": for " + Times.shown(guard.ms() - life.ms())
                        + " the key at port " + life.timing().port() + " is gone and is not written again",
                "write at most what " + life.setting().name() + " says",
                List.of(life.related()));
    }
}
