package io.heatwire.wiring.check;

import io.heatwire.engine.plan.OnPoison;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;

/** Only a stage that reads a stream in order has a place to halt at. */
final class OrderedStagesHalt implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        for (StageWire stage : graph.stages()) {
            String why = whyNot(stage);
            if (stage.onPoison() == OnPoison.HALT && !why.isEmpty()) {
                findings.add(
                        ProblemCode.CANNOT_HALT,
                        stage.onPoisonPlace(),
                        "stage " + stage.name().text() + " cannot halt: "
                                + stage.spec().name() + " " + why,
                        "leave on_poison out");
            }
        }
    }

    private static String whyNot(StageWire stage) {
        return switch (stage.spec().kind()) {
            case STREAM -> "";
            case POLLED -> "reads no stream, and its next turn decides anew";
            case LATE -> "lets many entries wait at once and decides them in no order";
        };
    }
}
