package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Binding;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.KeyWire;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Nearest;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import io.heatwire.wiring.problem.Shown;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a port is bound to is declared, is of the port's type, and has the variables the operator fills in. */
final class KeysFitPorts implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        for (StageWire stage : graph.stages()) {
            if (stage.isShapeUnknown()) {
                continue;
            }
            List<KeyPort> ports = KeyPort.of(stage.spec());
            for (Binding binding : stage.keys()) {
                ports.stream()
                        .filter(port -> port.name().equals(binding.name().text()))
                        .findFirst()
                        .filter(port -> !binding.target().isMissing())
                        .ifPresent(port -> check(graph, port, binding.target(), findings));
            }
        }
    }

    private static void check(Graph graph, KeyPort port, Word target, Findings findings) {
        boolean isStream = graph.stream(target.text()).isPresent();
        Optional<KeyWire> key = graph.key(target.text());
        if (port.isStream() ? isStream : key.isPresent() && fits(port, key.get())) {
            return;
        }
        if (key.isEmpty() && !isStream) {
            undeclared(graph, port, target, findings);
        } else if (key.isPresent() && port.types().contains(key.get().type())) {
            wrongVariables(port, key.get(), target, findings);
        } else {
            String type = key.map(found -> KeyPort.nameOf(found.type())).orElse("stream");
            findings.add(
                    ProblemCode.WRONG_KEY_TYPE,
                    target.place(),
                    "port " + port.name() + " needs a " + port.typeNames() + ", and " + target.text() + " is a " + type,
                    "bind a key of type " + port.typeNames(),
                    declared(graph, target));
        }
    }

    private static void undeclared(Graph graph, KeyPort port, Word target, Findings findings) {
        Set<String> known =
                port.isStream() ? graph.declared().streams() : graph.declared().keys();
        if (graph.declared().streams().contains(target.text())
                || graph.declared().keys().contains(target.text())) {
            return;
        }
        String section = port.isStream() ? "streams" : "lookups";
        findings.add(
                ProblemCode.UNKNOWN_LOOKUP,
                target.place(),
                "port " + port.name() + " is bound to " + Shown.quoted(target.text()) + ", which " + section
                        + " does not declare",
                Nearest.to(target.text(), known).map(near -> "write " + near).orElse("declare it under " + section));
    }

    private static void wrongVariables(KeyPort port, KeyWire key, Word target, Findings findings) {
        findings.add(
                ProblemCode.WRONG_VARIABLES,
                target.place(),
                "port " + port.name() + " fills in " + list(port.variables()) + ", and the key of " + target.text()
                        + " has " + list(key.template().variables()) + ": "
                        + Shown.quoted(key.template().text()),
                "change the key in line " + key.place().line() + ", or bind another",
                List.of(new Related(key.place(), "the key of " + target.text())));
    }

    private static List<Related> declared(Graph graph, Word target) {
        return graph
                .key(target.text())
                .map(key -> new Related(
                        key.name().place(), KeyPort.nameOf(key.type()) + " " + target.text() + " is declared here"))
                .or(() -> graph.stream(target.text())
                        .map(stream ->
                                new Related(stream.name().place(), "stream " + target.text() + " is declared here")))
                .stream()
                .toList();
    }

    private static boolean fits(KeyPort port, KeyWire key) {
        return port.types().contains(key.type())
                && Set.copyOf(port.variables()).equals(Set.copyOf(key.template().variables()));
    }

    private static String list(List<String> variables) {
        return variables.isEmpty()
                ? "no variable"
                : variables.stream().map(variable -> "{" + variable + "}").collect(Collectors.joining(" and "));
    }
}
