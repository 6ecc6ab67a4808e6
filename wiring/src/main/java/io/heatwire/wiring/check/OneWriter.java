package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One writer appends to a stream, unless the file says that several do: a second one is most often a stream mistaken. */
final class OneWriter implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        Set<String> shared = wires.graph().streams().stream()
                .filter(StreamWire::isShared)
                .map(StreamWire::key)
                .collect(Collectors.toSet());
        for (StreamWire stream : wires.graph().streams()) {
            Resource resource = Resource.of(stream);
            List<WireEnd> writers = wires.writers(resource);
            if (shared.contains(stream.key()) || writers.isEmpty()) {
                continue;
            }
            Place declared = stream.name().place();
            WireEnd first = writers.get(0);
            if (resource.ends().isWrittenOutside()) {
                Place external = resource.ends().external().place();
                note(first, "somebody outside", declared, new Related(external, "the file says so here"), findings);
            }
            writers.stream()
                    .filter(writer -> !writer.stage().equals(first.stage()))
                    .forEach(writer -> note(writer, "stage " + first.stageName(), declared, first.related(), findings));
        }
    }

    private static void note(WireEnd writer, String other, Place declared, Related first, Findings findings) {
        findings.add(
                ProblemCode.TWO_WRITERS,
                writer.place(),
                writer.says() + ", and " + other + " does too",
                "give each a stream of its own, or say in line " + declared.line()
                        + " that this is meant: shared: true",
                List.of(first));
    }
}
