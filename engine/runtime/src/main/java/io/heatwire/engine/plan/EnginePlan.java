package io.heatwire.engine.plan;

import java.util.List;

/**
 * Everything the engine runs.
 *
 * @param streams a policy for each stream that a stage writes, and for those it reads that are known to be bounded
 * @param drainMs how long a stop may take before what is left is handed back, in ms
 * @param idleConsumerMs after how long a consumer of the same groups that nobody uses and that holds nothing is removed, in ms; 0
 *     for never
 * @param watch what the running wiring is held against
 */
public record EnginePlan(
        RedisPlan redis,
        List<StreamPlan> streams,
        List<StagePlan> stages,
        long drainMs,
        long idleConsumerMs,
        WatchPlan watch) {

    /** A plan that is watched as usual. */
    public EnginePlan(
            RedisPlan redis, List<StreamPlan> streams, List<StagePlan> stages, long drainMs, long idleConsumerMs) {
        this(redis, streams, stages, drainMs, idleConsumerMs, WatchPlan.USUAL);
    }

    /** A plan that leaves idle consumers alone. */
    public EnginePlan(RedisPlan redis, List<StreamPlan> streams, List<StagePlan> stages, long drainMs) {
        this(redis, streams, stages, drainMs, 0);
    }

    /** The same plan, held against this. */
    public EnginePlan watchedBy(WatchPlan other) {
        return new EnginePlan(redis, streams, stages, drainMs, idleConsumerMs, other);
    }
}
