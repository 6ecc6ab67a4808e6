package io.heatwire.wiring.environment;

import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.problem.Findings;
import java.util.List;
import java.util.Map;

/** Puts environment variables into all texts of a file. Keys stay as they are. */
public final class Environment {

    private final Map<String, String> variables;
    private final Findings findings;

    private Environment(Map<String, String> variables, Findings findings) {
        this.variables = variables;
        this.findings = findings;
    }

    /**
     * The same nodes at the same places with values in them. A text whose variable has no value becomes {@link Node.Broken},
     * with a problem noted.
     */
    public static Node substitute(Node node, Map<String, String> variables, Findings findings) {
        return new Environment(variables, findings).node(node);
    }

    private Node node(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text().indexOf('$') < 0 ? scalar : new Substitution(scalar, variables, findings).result();
        }
        if (node instanceof Node.Mapping mapping) {
            List<Node.Entry> entries = mapping.entries().stream()
                    .map(entry -> new Node.Entry(entry.key(), node(entry.value())))
                    .toList();
            return new Node.Mapping(entries, mapping.place());
        }
        if (node instanceof Node.Sequence sequence) {
            return new Node.Sequence(sequence.items().stream().map(this::node).toList(), sequence.place());
        }
        return node;
    }
}
