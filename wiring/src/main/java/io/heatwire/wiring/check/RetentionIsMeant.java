package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.SourceWire.FromStream;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;

/**
 * Retention takes entries whether they were read or not. Where a stage of the same file reads such a stream, the file says that
 * this is meant. A warning: a reader that keeps up loses nothing.
 */
final class RetentionIsMeant implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        for (StageWire stage : graph.stagesOn()) {
            if (stage.source() instanceof FromStream source) {
                graph.stream(source.in().text())
                        .filter(stream -> stream.bound() instanceof StreamWire.Bound.Keep && !stream.trimsUnread())
                        .ifPresent(stream -> findings.add(
                                ProblemCode.TRIMS_UNREAD,
                                source.in().place(),
                                "stage " + stage.name().text() + " reads stream "
                                        + stream.name().text() + ", which keeps about "
                                        + ((StreamWire.Bound.Keep) stream.bound()).entries()
                                        + " entries, read or not: what the stage is further behind is lost",
                                "write cap: N in line " + stream.name().place().line()
                                        + " (its writer waits), or say there that this is meant: trims_unread: true"));
            }
        }
    }
}
