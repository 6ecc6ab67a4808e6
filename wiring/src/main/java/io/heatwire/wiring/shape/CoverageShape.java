package io.heatwire.wiring.shape;

import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.graph.CoverageWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the pairs whose coverage is measured. */
final class CoverageShape {

    private static final Set<String> KEYS =
            Set.of("of", "by", "in", "where", "within_s", "window_s", "alarm_below", "alarm_after_s");
    private static final long LONGEST_S = 86_400;

    /** A minute of silence in a dozen samples: what a restart leaves behind is processed by then. */
    private static final long ALARM_AFTER_S = 60;

    private CoverageShape() {}

    static List<CoverageWire> read(Section pairs) {
        List<CoverageWire> read = new ArrayList<>();
        for (Node.Entry entry : pairs.entries()) {
            Word name = new Word(entry.key().text(), entry.key().place());
            Section pair = Section.of("coverage " + name.text(), entry.value(), pairs.findings(), KEYS);
            CoverageWire wire = new CoverageWire(
                    name,
                    pair.required("of"),
                    pair.required("by"),
                    pair.required("in"),
                    pair.bindings("where"),
                    pair.placeOf("where"),
                    pair.integer("within_s", 1, LONGEST_S, 5),
                    pair.integer("window_s", 1, LONGEST_S, 300),
                    pair.decimal("alarm_below", 0, 1, 0),
                    pair.integer("alarm_after_s", 0, LONGEST_S, ALARM_AFTER_S));
            if (wire.withinS() >= wire.windowS()) {
                pair.findings()
                        .add(
                                ProblemCode.BAD_VALUE,
                                pair.placeOf(pair.has("window_s") ? "window_s" : "within_s"),
                                pair.title() + " asks about entries older than " + wire.withinS()
                                        + " s and younger than " + wire.windowS() + " s: there are none",
                                "write a window_s that is longer than within_s");
            }
            if (!wire.of().isMissing() && !wire.by().isMissing() && !wire.in().isMissing()) {
                read.add(wire);
            }
        }
        return List.copyOf(read);
    }
}
