package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.problem.Findings;

/** One thing that must hold for a whole wiring. */
interface Rule {

    /** Notes every place where it does not hold. */
    void check(Graph graph, Findings findings);
}
