package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.SourceWire;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;

/**
 * A read that waits for entries longer than any other command may take would hide a dead connection for that long, and hold up
 * every restart.
 */
final class ReadsEndInTime implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        long most = graph.redis().commandTimeoutMs();
        for (StageWire stage : graph.stages()) {
            if (stage.source() instanceof SourceWire.FromStream source && source.blockMs() > most) {
                findings.add(
                        ProblemCode.BLOCKS_TOO_LONG,
                        source.blockPlace(),
                        "stage " + stage.name().text() + ": block_ms is " + source.blockMs()
                                + " ms, longer than command_timeout_ms of redis (" + most + " ms)",
                        "block for " + most + " ms at most, or give commands more time");
            }
        }
    }
}
