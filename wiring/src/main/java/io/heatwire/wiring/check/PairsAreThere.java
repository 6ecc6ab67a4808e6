package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.CoverageWire;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.KeyWire;
import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Nearest;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Both ends of a pair whose coverage is measured are declared, and a key can be made from the field they share. */
final class PairsAreThere implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        for (CoverageWire pair : graph.coverage()) {
            boolean isStream = isStream(graph, pair.of());
            if (!isStream) {
                unknown(pair, pair.of(), streams(graph), findings);
            }
            Optional<KeyWire> key = graph.key(pair.in().text());
            if (key.isPresent()) {
                checkKey(pair, key.get(), findings);
            } else if (!isStream(graph, pair.in())
                    && !graph.declared().keys().contains(pair.in().text())) {
                List<String> known = new ArrayList<>(streams(graph));
                known.addAll(graph.declared().keys());
                unknown(pair, pair.in(), known, findings);
            }
        }
    }

    private static boolean isStream(Graph graph, Word name) {
        return graph.declared().streams().contains(name.text())
                || graph.stream(name.text()).isPresent();
    }

    private static List<String> streams(Graph graph) {
        List<String> known = new ArrayList<>(graph.declared().streams());
        graph.streams().stream().map(StreamWire::key).forEach(known::add);
        return known;
    }

    private static void unknown(CoverageWire pair, Word end, List<String> known, Findings findings) {
        findings.add(
                ProblemCode.UNKNOWN_STREAM,
                end.place(),
                "coverage " + pair.name().text() + " names " + Shown.quoted(end.text()) + ", which is not declared",
                Nearest.advice(end.text(), known));
    }

    private static void checkKey(CoverageWire pair, KeyWire key, Findings findings) {
        List<String> variables = key.template().variables();
        if (!variables.equals(List.of(pair.by().text()))) {
            findings.add(
                    ProblemCode.WRONG_VARIABLES,
                    pair.in().place(),
                    "coverage " + pair.name().text() + ": lookup " + key.name().text() + " has the key "
                            + Shown.quoted(key.template().text()) + ", and {"
                            + Shown.plain(pair.by().text())
                            + "} must be its one variable",
                    "name a lookup whose key can be made from the field given by by:");
        }
        if (!pair.where().isEmpty()) {
            findings.add(
                    ProblemCode.ONE_OF_TWO,
                    pair.wherePlace(),
                    "coverage " + pair.name().text() + ": where is asked of entries of a stream, and "
                            + key.name().text() + " is a key",
                    "leave where out");
        }
    }
}
