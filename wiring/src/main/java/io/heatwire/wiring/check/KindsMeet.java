package io.heatwire.wiring.check;

import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import java.util.List;

/** Writer and reader of one thing use one kind of key: who writes a stream never reaches who looks up a hash. */
final class KindsMeet implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        LooseEnds loose = new LooseEnds(wires);
        for (WireEnd reader : loose.unwritten()) {
            loose.inAnotherKind(reader)
                    .ifPresent(other -> note(reader, wires.writers(other).get(0), findings));
        }
    }

    private static void note(WireEnd reader, WireEnd writer, Findings findings) {
        Resource wanted = reader.resource();
        Resource written = writer.resource();
        findings.add(
                ProblemCode.KINDS_APART,
                reader.place(),
                reader.says() + ", which nobody writes, and " + writer.says()
                        + ", which nobody reads: one thing in two kinds never meets",
                "let stage " + writer.stageName() + " write the " + wanted.type() + " too, or stage "
                        + reader.stageName() + " read the " + written.type() + "; or say in line "
                        + wanted.name().place().line() + " who else writes it: external: its name",
                List.of(
                        writer.related(),
                        new Related(wanted.name().place(), wanted.title() + " is declared here"),
                        new Related(written.name().place(), written.title() + " is declared here")));
    }
}
