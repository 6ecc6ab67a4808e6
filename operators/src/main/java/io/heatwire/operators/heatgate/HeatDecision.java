package io.heatwire.operators.heatgate;

import io.heatwire.contract.effect.Effect;
import io.heatwire.operators.number.DecimalText;
import java.util.List;

/** One decision, as text for its stream and its shadow key (contract sections 3.3 and 4). */
record HeatDecision(
        long tsEpoch,
        String symbol,
        String planId,
        String inAction,
        HeatVerdict verdict,
        HeatLevel level,
        double score,
        String inputsAgeSec,
        String mode,
        String debugJson) {

    /** The shadow key stands this long after the last decision. */
    private static final long SHADOW_TTL_MS = 600_000;

    Effect published() {
        return Effect.append(
                HeatGateSpec.DECISION,
                List.of(
                        Long.toString(tsEpoch),
                        symbol,
                        planId,
                        inAction,
                        verdict.outAction(),
                        level.text,
                        DecimalText.write(score),
                        verdict.heatAction(),
                        verdict.recommendedPartial(),
                        verdict.reason(),
                        inputsAgeSec,
                        mode,
                        debugJson));
    }

    Effect shadow(String key) {
        List<String> values = List.of(
                Long.toString(tsEpoch),
                planId,
                level.text,
                DecimalText.write(score),
                verdict.heatAction(),
                verdict.outAction(),
                verdict.recommendedPartial(),
                verdict.reason(),
                debugJson);
        return new Effect.PutHash(HeatGateSpec.SHADOW, key, SHADOW_TTL_MS, values, List.of(), tsEpoch);
    }
}
