package io.heatwire.wiring.check;

import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import java.util.List;
import java.util.stream.Stream;

/** Of a stream that others write, the file says how much silence is normal: else nobody can tell a quiet one from a dead one. */
final class PaceIsSaid implements WireRule {

    private static final int MOST_SHOWN = 3;

    @Override
    public void check(Wires wires, Findings findings) {
        for (Resource stream : wires.resources()) {
            List<WireEnd> readers = wires.readers(stream);
            boolean isAsked = stream.isStream() && stream.ends().isWrittenOutside() && !readers.isEmpty();
            if (isAsked && !stream.ends().pace().isSaid()) {
                note(stream, readers, findings);
            }
        }
    }

    private static void note(Resource stream, List<WireEnd> readers, Findings findings) {
        WireEnd reader = readers.get(0);
        findings.add(
                ProblemCode.PACE_UNSAID,
                reader.place(),
                reader.says() + ", which others write, and nothing says how much silence is normal:"
                        + " if it falls asleep, nobody can tell",
                "add in line " + stream.ends().external().place().line()
                        + ": pace_s: the most seconds between two entries in normal operation,"
                        + " or pace_s: none when any silence is normal",
                Stream.concat(
                                Stream.of(new Related(
                                        stream.ends().external().place(),
                                        stream.title() + " is said to be external here")),
                                readers.stream().skip(1).limit(MOST_SHOWN).map(WireEnd::related))
                        .toList());
    }
}
