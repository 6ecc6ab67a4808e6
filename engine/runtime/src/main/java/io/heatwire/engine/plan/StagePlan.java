package io.heatwire.engine.plan;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import java.util.Map;

/**
 * One stage: an operator, where its events come from and where its effects go.
 *
 * @param name the stage's name in logs, metrics and health
 * @param spec the operator's declaration
 * @param config the operator's checked settings and keys
 * @param streams stream key by output port
 * @param deadStream the stream its dead letters go to
 * @param deadKeep about how many dead letters are kept
 * @param onPoison what becomes of an entry that can never be committed; only a stage that reads a stream in order may halt
 */
public record StagePlan(
        String name,
        OperatorSpec spec,
        OperatorConfig config,
        SourcePlan source,
        Map<String, String> streams,
        String deadStream,
        long deadKeep,
        OnPoison onPoison) {

    /** A stage that moves what it cannot commit to its dead letters. */
    public StagePlan(
            String name,
            OperatorSpec spec,
            OperatorConfig config,
            SourcePlan source,
            Map<String, String> streams,
            String deadStream,
            long deadKeep) {
        this(name, spec, config, source, streams, deadStream, deadKeep, OnPoison.DEAD);
    }
}
