package io.heatwire.wiring.check;

import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each port a stage writes or guards with has a stream or key of its own: else one overwrites what the other means. */
final class PortsStayApart implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        wires.byStage().values().forEach(ends -> check(ends, findings));
    }

    private static void check(List<WireEnd> ends, Findings findings) {
        Map<String, WireEnd> first = new HashMap<>();
        for (WireEnd end : ends) {
            boolean mustBeAlone = end.writes() || end.use() == WireEnd.Use.MARK;
            WireEnd other = mustBeAlone ? first.putIfAbsent(end.resource().identity(), end) : null;
            if (other != null) {
                findings.add(
                        ProblemCode.PORTS_SHARE,
                        end.place(),
                        "stage " + end.stageName() + " binds " + end.resource().title() + " to port " + end.port()
                                + " and to port " + other.port(),
                        "give each port one of its own",
                        List.of(other.related()));
            }
        }
    }
}
