package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Binding;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A stream that a stage writes says how long it may grow. */
final class WrittenStreamsAreBounded implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        Map<StreamWire, String> writers = new LinkedHashMap<>();
        for (StageWire stage : graph.stages()) {
            for (Binding binding : stage.out()) {
                graph.stream(binding.target().text())
                        .ifPresent(stream ->
                                writers.putIfAbsent(stream, stage.name().text()));
            }
        }
        writers.forEach((stream, writer) -> {
            if (stream.bound() instanceof StreamWire.Bound.None) {
                findings.add(
                        ProblemCode.UNBOUNDED_STREAM,
                        stream.name().place(),
                        "stage " + writer + " writes stream " + stream.name().text() + ", and nothing bounds it",
                        "add keep: 10000 (trims, read or not) or cap: 100000 (its writer waits)");
            }
        });
    }
}
