package io.heatwire.wiring.check;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.wiring.graph.Binding;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Nearest;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.List;

/** Every port of an operator is bound once, and nothing else is. */
final class PortsAreBound implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        for (StageWire stage : graph.stages()) {
            if (stage.isShapeUnknown()) {
                continue;
            }
            List<String> out = streamPorts(stage.spec());
            List<String> keys =
                    KeyPort.of(stage.spec()).stream().map(KeyPort::name).toList();
            check(stage, "out", stage.out(), out, keys, findings);
            check(stage, "keys", stage.keys(), keys, out, findings);
        }
    }

    private static void check(
            StageWire stage,
            String section,
            List<Binding> bindings,
            List<String> ports,
            List<String> others,
            Findings findings) {
        for (Binding binding : bindings) {
            if (!ports.contains(binding.name().text())) {
                unknown(stage, section, binding.name(), ports, others, findings);
            }
        }
        List<String> bound =
                bindings.stream().map(binding -> binding.name().text()).toList();
        for (String port : ports) {
            if (!bound.contains(port)) {
                findings.add(
                        ProblemCode.UNBOUND_PORT,
                        stage.name().place(),
                        "stage " + stage.name().text() + " binds no " + kind(section) + " to port " + port,
                        "add under " + section + ": " + port + ": NAME");
            }
        }
    }

    private static void unknown(
            StageWire stage, String section, Word port, List<String> ports, List<String> others, Findings findings) {
        String advice = others.contains(port.text())
                ? "move it to " + ("out".equals(section) ? "keys" : "out")
                : Nearest.advice(port.text(), ports);
        findings.add(
                ProblemCode.UNKNOWN_PORT,
                port.place(),
                stage.spec().name() + " has no port " + Shown.quoted(port.text()) + " for a " + kind(section),
                advice.isEmpty() ? "leave it out" : advice);
    }

    private static String kind(String section) {
        return "out".equals(section) ? "stream" : "key";
    }

    private static List<String> streamPorts(OperatorSpec spec) {
        return spec.outputs().stream()
                .filter(Output.ToStream.class::isInstance)
                .map(Output::port)
                .toList();
    }
}
