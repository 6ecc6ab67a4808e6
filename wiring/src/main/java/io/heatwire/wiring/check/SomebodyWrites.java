package io.heatwire.wiring.check;

import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Nearest;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is read is written by a stage that is switched on, or by somebody outside: else its reader waits for ever, in silence. */
final class SomebodyWrites implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        LooseEnds loose = new LooseEnds(wires);
        for (WireEnd end : loose.unwritten()) {
            if (loose.inAnotherKind(end).isEmpty()) {
                note(end, wires, findings);
            }
        }
    }

    private static void note(WireEnd end, Wires wires, Findings findings) {
        Resource resource = end.resource();
        List<Related> related = new ArrayList<>();
        related.add(new Related(resource.name().place(), resource.title() + " is declared here, without external"));
        Optional<WireEnd> asleep = wires.sleepingWriter(resource);
        Optional<Resource> near = asleep.isPresent() ? Optional.empty() : near(resource, wires);
        asleep.ifPresent(writer -> related.add(
                new Related(writer.place(), "stage " + writer.stageName() + " would write it, and is switched off")));
        near.flatMap(found -> wires.writers(found).stream().findFirst())
                .ifPresent(writer -> related.add(writer.related()));
        findings.add(
                ProblemCode.NOBODY_WRITES,
                end.place(),
                end.says() + ", which no stage that is switched on writes",
                asleep.map(writer -> "switch stage " + writer.stageName() + " on")
                        .or(() -> near.map(found -> "write " + found.name().text()))
                        .orElse("if another program writes it, say so in line "
                                + resource.name().place().line() + ": external: its name"
                                + (resource.isStream() ? ", pace_s: the longest silence that is normal" : "")),
                related);
    }

    /** Something that is written, of the same type, whose name or key is much like it. */
    private static Optional<Resource> near(Resource wanted, Wires wires) {
        List<Resource> written = wires.resources().stream()
                .filter(each -> each.type().equals(wanted.type()) && wires.isWritten(each))
                .filter(each -> each.template().variables().size()
                        == wanted.template().variables().size())
                .toList();
        List<String> keys = written.stream().map(each -> each.key().text()).toList();
        List<String> names = written.stream().map(each -> each.name().text()).toList();
        Stream<String> nearest = Stream.concat(
                Nearest.to(wanted.key().text(), keys).stream(),
                Nearest.to(wanted.name().text(), names).stream());
        return nearest.findFirst()
                .flatMap(found -> written.stream()
                        .filter(each -> each.key().text().equals(found)
                                || each.name().text().equals(found))
                        .findFirst());
    }
}
