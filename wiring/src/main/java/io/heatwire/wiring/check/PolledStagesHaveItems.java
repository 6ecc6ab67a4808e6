package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.PolledItems;
import io.heatwire.wiring.graph.SourceWire;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;

/** A stage that polls for each item of a list has at least one item. */
final class PolledStagesHaveItems implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        for (StageWire stage : graph.stages()) {
            boolean isPolled = stage.source() instanceof SourceWire.OnInterval;
            if (isPolled
                    && stage.settings().isComplete()
                    && PolledItems.of(stage).isEmpty()) {
                String setting = PolledItems.setting(stage.spec());
                findings.add(
                        ProblemCode.NO_ITEMS,
                        stage.settings().placeOf(setting),
                        "stage " + stage.name().text() + " has nothing to poll: " + setting + " is empty",
                        "give " + setting + " at least one, or switch the stage off with enabled: false");
            }
        }
    }
}
