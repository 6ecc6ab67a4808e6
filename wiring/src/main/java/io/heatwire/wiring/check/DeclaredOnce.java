package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.KeyWire;
import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import io.heatwire.wiring.problem.Shown;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Every key of Redis is declared once: what is said of it twice may differ one day. Only where the environment chooses keys may
 * two declarations of one type meet. One key with two types is {@link KeysStayApart}'s.
 */
final class DeclaredOnce implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        Map<String, StreamWire> streams = new HashMap<>();
        for (StreamWire stream : graph.streams()) {
            StreamWire first = streams.putIfAbsent(stream.key(), stream);
            if (first != null) {
                Place firstPlace = first.name().place();
                twice(
                        "stream " + stream.name().text(),
                        stream.key(),
                        stream.name().place(),
                        firstPlace,
                        findings);
            }
        }
        Map<String, KeyWire> keys = new HashMap<>();
        for (KeyWire key : graph.keys()) {
            String template = key.template().text();
            KeyWire first = keys.putIfAbsent(template, key);
            if (first != null && first.type() == key.type() && !isFromEnvironment(first, key)) {
                twice("lookup " + key.name().text(), template, key.place(), first.place(), findings);
            }
        }
    }

    private static boolean isFromEnvironment(KeyWire one, KeyWire other) {
        return one.isFromEnvironment() || other.isFromEnvironment();
    }

    private static void twice(String title, String key, Place place, Place first, Findings findings) {
        findings.add(
                ProblemCode.DECLARED_TWICE,
                place,
                title + " has the key " + Shown.quoted(key) + ", which line " + first.line() + " declares too",
                "declare each key once and use its name",
                List.of(new Related(first, "the first declaration")));
    }
}
