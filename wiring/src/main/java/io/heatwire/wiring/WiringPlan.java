package io.heatwire.wiring;

import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.live.LiveCheck;
import java.util.List;

/**
 * Everything a wiring file asks for.
 *
 * @param live holds it against the running Redis
 * @param graph everything the file declares, also what the plan leaves out
 */
public record WiringPlan(EnginePlan engine, List<HttpListener> http, LiveCheck live, Graph graph) {

    /** The listeners of all stages that are switched on, whichever of them this plan runs: the others may run in processes of their own. */
    public List<HttpListener> listenersOfAllStages() {
        return RunningStages.listeners(graph, graph.stagesOn());
    }
}
