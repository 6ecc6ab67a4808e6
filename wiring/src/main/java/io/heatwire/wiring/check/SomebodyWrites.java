package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Binding;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.SourceWire.FromStream;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.Set;
import java.util.stream.Collectors;

/** A stage that reads a stream nobody writes waits for ever, and nothing else ever says so. A warning: the writer may come. */
final class SomebodyWrites implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        Set<String> written = graph.stagesOn().stream()
                .flatMap(stage -> stage.out().stream())
                .map(Binding::target)
                .flatMap(target -> graph.stream(target.text()).stream())
                .map(StreamWire::key)
                .collect(Collectors.toSet());
        for (StageWire stage : graph.stagesOn()) {
            if (stage.source() instanceof FromStream source) {
                check(graph, stage, source.in(), written, findings);
            }
        }
    }

    private static void check(Graph graph, StageWire stage, Word in, Set<String> written, Findings findings) {
        graph.stream(in.text())
                .filter(stream -> !stream.isWrittenOutside() && !written.contains(stream.key()))
                .ifPresent(stream -> findings.add(
                        ProblemCode.NOBODY_WRITES,
                        in.place(),
                        "stage " + stage.name().text() + " reads stream "
                                + stream.name().text() + ", which no stage that is switched on writes",
                        "if another program writes it, say so in line "
                                + stream.name().place().line() + ": external: its name"));
    }
}
