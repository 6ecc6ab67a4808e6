package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Binding;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.SourceWire;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Nearest;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.List;

/** What a stage reads or writes is one of the declared streams, by name or by key. */
final class StreamsAreDeclared implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        for (StageWire stage : graph.stages()) {
            if (stage.source() instanceof SourceWire.FromStream source) {
                check(graph, stage, "reads", source.in(), findings);
            }
            for (Binding binding : stage.out()) {
                if (isPort(stage, binding)) {
                    check(graph, stage, "writes", binding.target(), findings);
                }
            }
        }
    }

    private static boolean isPort(StageWire stage, Binding binding) {
        return stage.spec().outputs().stream()
                .anyMatch(output -> output.port().equals(binding.name().text()));
    }

    private static void check(Graph graph, StageWire stage, String does, Word stream, Findings findings) {
        boolean isKnown = graph.declared().streams().contains(stream.text())
                || graph.stream(stream.text()).isPresent();
        if (!stream.isMissing() && !isKnown) {
            findings.add(
                    ProblemCode.UNKNOWN_STREAM,
                    stream.place(),
                    "stage " + stage.name().text() + " " + does + " " + Shown.quoted(stream.text())
                            + ", which is neither the name nor the key of a declared stream",
                    Nearest.to(stream.text(), namesAndKeys(graph))
                            .map(near -> "write " + near)
                            .orElse("declare it under streams"));
        }
    }

    private static List<String> namesAndKeys(Graph graph) {
        List<String> known = new ArrayList<>(graph.declared().streams());
        graph.streams().stream().map(StreamWire::key).forEach(known::add);
        return known;
    }
}
