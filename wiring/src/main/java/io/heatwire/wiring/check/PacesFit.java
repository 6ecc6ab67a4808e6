package io.heatwire.wiring.check;

import io.heatwire.contract.declare.Timing;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import java.util.ArrayList;
import java.util.List;

/**
 * Silence that is normal does not make a last value disappear, nor what is looked up too old. Warnings: entries may come faster
 * than they must.
 */
final class PacesFit implements WireRule {

    private static final long MS_PER_S = 1_000;

    @Override
    public void check(Wires wires, Findings findings) {
        for (WireEnd end : wires.ends()) {
            if (end.writes() && LastValues.keeps(end)) {
                Times.life(end).forEach(life -> outlives(end, life, wires, findings));
            } else if (end.use() == WireEnd.Use.LOOK_UP) {
                Times.of(end.stage(), Timing.Span.AGE, end.port()).forEach(age -> tooOld(end, age, findings));
            }
        }
    }

    private static void outlives(WireEnd writer, Times life, Wires wires, Findings findings) {
        long paceMs = Times.paceMs(writer.stage(), wires);
        if (paceMs <= life.ms()) {
            return;
        }
        List<Related> related = new ArrayList<>(List.of(writer.related()));
        wires.input(writer.stage())
                .ifPresent(in -> related.add(
                        new Related(in.ends().pace().place(), "up to this much silence is normal in " + in.title())));
        findings.add(
                ProblemCode.PACE_OUTLIVES_KEY,
                life.place(),
                life.says() + " is shorter than the " + Times.shown(paceMs)
                        + " that may pass between two events of the stage: "
                        + writer.resource().title() + " is gone while all is well",
                "let it live longer than " + Times.shown(paceMs),
                related);
    }

    private static void tooOld(WireEnd reader, Times age, Findings findings) {
        Resource resource = reader.resource();
        long paceMs = resource.ends().pace().seconds() * MS_PER_S;
        if (resource.ends().pace().isLimited() && paceMs > age.ms()) {
            findings.add(
                    ProblemCode.PACE_BEYOND_AGE,
                    age.place(),
                    age.says() + " is less than the " + Times.shown(paceMs) + " that may pass between two writes of "
                            + resource.title() + ": it counts as too old while all is well",
                    "allow at least " + Times.shown(paceMs) + ", or have it written more often",
                    List.of(
                            new Related(
                                    resource.ends().pace().place(),
                                    "up to this much silence is normal in " + resource.title()),
                            reader.related()));
        }
    }
}
