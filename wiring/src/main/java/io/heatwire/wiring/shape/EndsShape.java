package io.heatwire.wiring.shape;

import io.heatwire.wiring.graph.Ends;
import io.heatwire.wiring.graph.Pace;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads what the file says of the two ends of a stream or key. */
final class EndsShape {

    static final Set<String> KEYS = Set.of("external", "pace_s", "fields", "terminal");

    private static final long LONGEST_PACE_S = 31_536_000;
    private static final String ANY_SILENCE = "none";

    private EndsShape() {}

    static Ends read(Section section) {
        return new Ends(
                new Word(section.optional("external"), section.placeOf("external")),
                pace(section),
                fields(section),
                section.placeOf("fields"),
                new Ends.Mark(section.flag("terminal", false), section.placeOf("terminal")));
    }

    private static Pace pace(Section section) {
        if (!section.has("pace_s")) {
            return new Pace(Pace.UNSAID, Place.NONE);
        }
        Place place = section.placeOf("pace_s");
        if (section.says("pace_s", ANY_SILENCE)) {
            return new Pace(Pace.ANY, place);
        }
        return new Pace(section.integer("pace_s", 1, LONGEST_PACE_S, Pace.ANY), place);
    }

    private static List<Word> fields(Section section) {
        List<Word> fields = section.words("fields");
        Set<String> seen = new HashSet<>();
        for (Word field : fields) {
            if (!seen.add(field.text())) {
                section.findings()
                        .add(
                                ProblemCode.BAD_VALUE,
                                field.place(),
                                section.name("fields") + " names " + Shown.quoted(field.text()) + " twice",
                                "name it once");
            }
        }
        return fields;
    }
}
