package io.heatwire.wiring.check;

import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stages write is read by a stage, unless the file says that others do: else it is work for nobody, in silence. */
final class SomebodyReads implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        LooseEnds loose = new LooseEnds(wires);
        Set<Resource> taken = Set.copyOf(loose.unwritten().stream()
                .flatMap(end -> loose.inAnotherKind(end).stream())
                .toList());
        for (Resource resource : loose.unread()) {
            if (!resource.ends().terminal().isOn() && !taken.contains(resource)) {
                note(resource, wires, findings);
            }
        }
    }

    private static void note(Resource resource, Wires wires, Findings findings) {
        WireEnd writer = wires.writers(resource).get(0);
        List<Related> related = new ArrayList<>();
        related.add(new Related(resource.name().place(), resource.title() + " is declared here, without terminal"));
        Optional<WireEnd> asleep = wires.sleepingReader(resource);
        Optional<WireEnd> astray = asleep.isPresent() ? asleep : astray(writer, wires);
        asleep.ifPresent(reader -> related.add(
                new Related(reader.place(), "stage " + reader.stageName() + " would read it, and is switched off")));
        if (asleep.isEmpty()) {
            astray.ifPresent(reader -> related.add(new Related(
                    reader.place(),
                    reader.says() + " here, and all it needs is in "
                            + resource.name().text())));
        }
        String others = "say in line " + resource.name().place().line() + " that others do: terminal: true";
        findings.add(
                ProblemCode.NOBODY_READS,
                writer.place(),
                writer.says() + ", which no stage that is switched on reads",
                asleep.map(reader -> "switch stage " + reader.stageName() + " on, or " + others)
                        .or(() -> astray.map(reader -> "write in: "
                                + resource.name().text() + " at stage " + reader.stageName() + ", or " + others))
                        .orElse("let a stage read it, or " + others),
                related);
    }

    /** A stage that reads a stream from outside and could read this one as well: perhaps it was meant to. */
    private static Optional<WireEnd> astray(WireEnd writer, Wires wires) {
        if (!writer.resource().isStream()) {
            return Optional.empty();
        }
        FieldsOf.Written written = wires.written(writer);
        return wires.ends().stream()
                .filter(end -> end.use() == WireEnd.Use.INPUT && !end.stage().equals(writer.stage()))
                .filter(end -> wires.writers(end.resource()).isEmpty())
                .filter(end -> FieldNames.of(end.stage()).hasAllRequired(written.names()))
                .findFirst();
    }
}
