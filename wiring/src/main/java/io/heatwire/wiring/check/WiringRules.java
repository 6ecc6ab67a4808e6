package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.problem.Findings;
import java.util.List;

/** All rules there are. */
public final class WiringRules {

    private static final List<Rule> ALL = List.of(
            new DeclaredOnce(),
            new StreamsAreDeclared(),
            new PortsAreBound(),
            new KeysFitPorts(),
            new WrittenStreamsAreBounded(),
            new GroupsStayApart(),
            new AliasesFitFields(),
            new SettingsFitTogether(),
            new PolledStagesHaveItems(),
            new OrderedStagesHalt(),
            new ListenersStayApart(),
            new ListenersKnowStages(),
            new ListenersAreGuarded(),
            new ReadsEndInTime(),
            new SomethingRuns(),
            new SomebodyWrites(),
            new RetentionIsMeant());

    private WiringRules() {}

    /** Holds the graph against every rule. */
    public static void check(Graph graph, Findings findings) {
        ALL.forEach(rule -> rule.check(graph, findings));
    }
}
