package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.PolledItems;
import io.heatwire.wiring.graph.SourceWire.FromStream;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import java.util.List;

/** A stream has room for one batch of whoever writes or reads it: a smaller one stalls its writer, or trims what was just written. */
final class BoundsHoldABatch implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        for (StreamWire stream : wires.graph().streams()) {
            long room = room(stream.bound());
            for (WireEnd end : wires.at(Resource.of(stream))) {
                long batch = batch(end.stage());
                if (room < batch && end.use() != WireEnd.Use.LOOK_UP) {
                    note(stream, room, end, batch, findings);
                }
            }
        }
    }

    private static long room(StreamWire.Bound bound) {
        if (bound instanceof StreamWire.Bound.Cap cap) {
            return cap.entries();
        }
        return bound instanceof StreamWire.Bound.Keep keep ? keep.entries() : Long.MAX_VALUE;
    }

    private static long batch(StageWire stage) {
        return stage.source() instanceof FromStream source
                ? source.batch()
                : PolledItems.of(stage).size();
    }

    private static void note(StreamWire stream, long room, WireEnd end, long batch, Findings findings) {
        boolean isCap = stream.bound() instanceof StreamWire.Bound.Cap;
        findings.add(
                ProblemCode.BOUND_BELOW_BATCH,
                end.place(),
                end.says() + " in batches of " + batch + ", and it holds " + room + " entries",
                (isCap ? "write cap: " : "write keep: ") + Math.max(10_000, batch * 10) + " in line "
                        + stream.name().place().line() + ", or a smaller batch",
                List.of(new Related(
                        stream.name().place(), "stream " + stream.name().text() + " is bounded here")));
    }
}
