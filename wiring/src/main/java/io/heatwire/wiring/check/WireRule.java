package io.heatwire.wiring.check;

import io.heatwire.wiring.problem.Findings;

/** One thing that must hold between the two ends of every wire. */
interface WireRule {

    /** Notes every place where it does not hold. */
    void check(Wires wires, Findings findings);
}
