package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.ListenerWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import java.util.List;

/** Two listeners cannot have one address. */
final class ListenersStayApart implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        List<ListenerWire> listeners = graph.listeners();
        for (int i = 0; i < listeners.size(); i++) {
            ListenerWire listener = listeners.get(i);
            listeners.subList(0, i).stream()
                    .filter(other -> isSame(other, listener))
                    .findFirst()
                    .ifPresent(other -> findings.add(
                            ProblemCode.SHARED_PORT,
                            listener.place(),
                            "port " + listener.port() + " is taken by the listener in line "
                                    + other.place().line(),
                            "give each listener a port of its own; 0 switches a listener off",
                            List.of(new Related(other.place(), "the listener that has it"))));
        }
    }

    private static boolean isSame(ListenerWire one, ListenerWire other) {
        boolean overlap = one.host().equals(other.host()) || isEverywhere(one) || isEverywhere(other);
        return one.port() != 0 && one.port() == other.port() && overlap;
    }

    private static boolean isEverywhere(ListenerWire listener) {
        return "0.0.0.0".equals(listener.host()) || "::".equals(listener.host());
    }
}
