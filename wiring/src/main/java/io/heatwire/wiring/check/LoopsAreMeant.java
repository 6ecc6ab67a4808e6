package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** No stage feeds itself, over other stages or at once, unless the file says so: entries that go round never end. */
final class LoopsAreMeant implements WireRule {

    private static final int MOST_SHOWN = 8;

    @Override
    public void check(Wires wires, Findings findings) {
        Set<String> meant = wires.graph().streams().stream()
                .filter(StreamWire::isLoop)
                .map(stream -> Resource.of(stream).identity())
                .collect(Collectors.toSet());
        Downstream downstream = new Downstream(wires, meant);
        Set<Set<WireEnd>> seen = new HashSet<>();
        for (WireEnd out : wires.ends()) {
            if (out.writes()
                    && out.resource().isStream()
                    && !meant.contains(out.resource().identity())) {
                wires.input(out.stage())
                        .filter(in -> !meant.contains(in.identity()))
                        .map(in -> downstream.path(out.resource(), in))
                        .filter(path -> path.isPresent())
                        .ifPresent(path -> note(out, path.get(), wires, seen, findings));
            }
        }
    }

    private static void note(WireEnd out, List<WireEnd> path, Wires wires, Set<Set<WireEnd>> seen, Findings findings) {
        List<WireEnd> round = new ArrayList<>(List.of(out));
        path.stream().filter(WireEnd::writes).forEach(round::add);
        if (!seen.add(Set.copyOf(round))) {
            return;
        }
        String way = round.stream()
                .map(end -> end.stageName() + " -> " + end.resource().name().text())
                .limit(MOST_SHOWN)
                .collect(Collectors.joining(" -> "));
        findings.add(
                ProblemCode.LOOP,
                out.place(),
                "what stage " + out.stageName() + " writes comes back to it: " + way + " -> " + out.stageName(),
                "break the loop, or say that it is meant: loop: true at one of its streams",
                Stream.concat(
                                round.stream().skip(1).limit(MOST_SHOWN),
                                wires.ends().stream()
                                        .filter(end -> end.stage().equals(out.stage()))
                                        .filter(end -> end.use() == WireEnd.Use.INPUT))
                        .map(WireEnd::related)
                        .toList());
    }
}
