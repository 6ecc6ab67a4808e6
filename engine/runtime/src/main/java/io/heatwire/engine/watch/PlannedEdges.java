package io.heatwire.engine.watch;

import io.heatwire.engine.edge.Edge;
import io.heatwire.engine.plan.EnginePlan;
import java.util.List;

/** The edges that an engine with a given plan will watch. */
public final class PlannedEdges {

    private PlannedEdges() {}

    /** All of them, stage by stage, named as in metrics. Touches no Redis. */
    public static List<Edge> of(EnginePlan plan) {
        return plan.stages().stream()
                .flatMap(stage -> StageEdges.of(stage, plan.watch().paceMs()).stream())
                .map(StageEdges.Wire::edge)
                .toList();
    }
}
