package io.heatwire.ops.proof;

import io.heatwire.engine.plan.StagePlan;

/** What proves one kind of stage. */
interface StageProof {

    /** Gives the stage entries and looks at what becomes of them. The stage runs, and nobody else is given them unasked. */
    void run(Ground ground, StagePlan stage, Sheet sheet);

    /** What the lines about the metrics are headed. */
    default String metricsTest() {
        return "metrics";
    }

    /** What the lines about the health are headed. */
    default String healthTest() {
        return "health";
    }
}
