package io.heatwire.engine.plan;

import java.util.List;

/**
 * Everything the engine runs.
 *
 * @param streams a policy for each stream that a stage writes
 * @param drainMs how long a stop may take before what is left is handed back, in ms
 */
public record EnginePlan(RedisPlan redis, List<StreamPlan> streams, List<StagePlan> stages, long drainMs) {}
