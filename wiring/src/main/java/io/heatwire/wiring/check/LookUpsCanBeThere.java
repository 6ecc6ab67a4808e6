package io.heatwire.wiring.check;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.wiring.graph.PolledItems;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who looks a key up once does not look before it can exist: a key that is only written behind what the stage itself writes or
 * reads at that moment is never there in time. A late stage waits, and a key that keeps the last value may be there from before.
 */
final class LookUpsCanBeThere implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        Downstream downstream = new Downstream(wires, Set.of());
        for (WireEnd end : wires.ends()) {
            boolean isLookUp =
                    end.use() == WireEnd.Use.LOOK_UP && !end.resource().isStream();
            if (isLookUp && looksOnce(end) && !isMeant(end) && !keepsLastValue(end, wires)) {
                race(end, wires, downstream).ifPresent(way -> note(end, way, wires, findings));
            }
        }
    }

    private static boolean isMeant(WireEnd end) {
        return end.stage().early().stream().anyMatch(port -> port.text().equals(end.port()));
    }

    private static boolean looksOnce(WireEnd end) {
        return end.stage().spec().kind() != OperatorSpec.Kind.LATE;
    }

    /** Whether the key may be there from an earlier event: it is about a thing that comes again, not about this event. */
    private static boolean keepsLastValue(WireEnd end, Wires wires) {
        List<String> variables = end.resource().template().variables();
        boolean isOfItem = end.stage().spec().kind() == OperatorSpec.Kind.POLLED
                && variables.equals(List.of(PolledItems.field(end.stage().spec())));
        return variables.isEmpty()
                || isOfItem
                || wires.writers(end.resource()).stream().anyMatch(LastValues::keeps);
    }

    /** The way from the stage to the nearest writer, when all writers are behind it. */
    private static Optional<List<WireEnd>> race(WireEnd end, Wires wires, Downstream downstream) {
        List<WireEnd> writers = wires.writers(end.resource());
        if (writers.isEmpty() || wires.isWrittenOutside(end.resource())) {
            return Optional.empty();
        }
        List<Resource> from = starts(end.stage(), wires);
        List<WireEnd> nearest = null;
        for (WireEnd writer : writers) {
            Optional<List<WireEnd>> way = writer.stage().equals(end.stage())
                    ? Optional.empty()
                    : downstream.pathTo(writer.stage(), wires, from);
            if (way.isEmpty()) {
                return Optional.empty();
            }
            List<WireEnd> whole = new ArrayList<>(way.get());
            whole.add(writer);
            nearest = nearest == null || whole.size() < nearest.size() ? whole : nearest;
        }
        return Optional.ofNullable(nearest);
    }

    private static List<Resource> starts(StageWire stage, Wires wires) {
        Stream<Resource> written = wires.ends().stream()
                .filter(end -> end.stage().equals(stage) && end.writes())
                .map(WireEnd::resource)
                .filter(Resource::isStream);
        return Stream.concat(written, wires.input(stage).stream()).toList();
    }

    private static void note(WireEnd end, List<WireEnd> way, Wires wires, Findings findings) {
        WireEnd writer = way.get(way.size() - 1);
        boolean isBehindOwn = wires.input(end.stage()).isEmpty();
        String stages = way.stream()
                .filter(WireEnd::writes)
                .map(step ->
                        wires.input(step.stage()).map(in -> in.name().text()).orElse("") + " -> " + step.stageName())
                .collect(Collectors.joining(" -> "));
        findings.add(
                ProblemCode.LOOKS_TOO_EARLY,
                end.place(),
                end.says() + " at once, and it is written only behind what the stage itself "
                        + (isBehindOwn ? "writes" : "reads or writes") + " then: " + end.stageName() + " -> " + stages
                        + " -> " + writer.resource().name().text(),
                "let a late stage wait for it, or say at stage " + end.stageName()
                        + " that it may look too early: early: [" + end.port() + "]",
                Stream.concat(
                                Stream.of(writer.related()),
                                way.stream()
                                        .filter(step -> !step.equals(writer))
                                        .map(WireEnd::related))
                        .limit(6)
                        .toList());
    }
}
