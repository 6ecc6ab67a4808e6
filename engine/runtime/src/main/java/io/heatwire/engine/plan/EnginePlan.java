package io.heatwire.engine.plan;

import java.util.List;

/**
 * Everything the engine runs.
 *
 * @param streams a policy for each stream that a stage writes, and for those it reads that are known to be bounded
 * @param drainMs how long a stop may take before what is left is handed back, in ms
 * @param idleConsumerMs after how long a consumer of the same groups that nobody uses and that holds nothing is removed, in ms; 0
 *     for never
 */
public record EnginePlan(
        RedisPlan redis, List<StreamPlan> streams, List<StagePlan> stages, long drainMs, long idleConsumerMs) {

    /** A plan that leaves idle consumers alone. */
    public EnginePlan(RedisPlan redis, List<StreamPlan> streams, List<StagePlan> stages, long drainMs) {
        this(redis, streams, stages, drainMs, 0);
    }
}
