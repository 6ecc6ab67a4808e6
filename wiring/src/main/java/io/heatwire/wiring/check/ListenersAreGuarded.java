package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.ListenerWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;

/** What other machines can reach should ask them who they are. */
final class ListenersAreGuarded implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        graph.listeners().stream()
                .filter(listener ->
                        listener.port() != 0 && listener.token() == null && !ListenerWire.isLoopback(listener.host()))
                .forEach(listener -> findings.add(
                        ProblemCode.LISTENER_OPEN,
                        listener.place(),
                        "port " + listener.port() + " at " + listener.host()
                                + " answers every machine that reaches it, without a token",
                        "give the listener a token or token_file, or host: 127.0.0.1"));
    }
}
