package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.problem.Findings;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
            new PairsAreThere(),
            new EarlyNamesPorts(),
            new RetentionIsMeant());

    private static final List<WireRule> OF_WIRES = List.of(
            new SomebodyWrites(),
            new SomebodyReads(),
            new KindsMeet(),
            new TerminalIsNotRead(),
            new PaceIsSaid(),
            new OneWriter(),
            new LoopsAreMeant(),
            new KeysStayApart(),
            new PortsStayApart(),
            new BoundsHoldABatch(),
            new InputFieldsAreWritten(),
            new LookUpFieldsAreWritten(),
            new DeclaredFieldsAreTrue(),
            new VariablesAreFilled(),
            new LookUpsCanBeThere(),
            new GuardsEndBeforeKeys(),
            new WaitsLookInTime(),
            new PacesFit(),
            new GuardsLastATurn(),
            new WaitingIsNotIdle());

    private WiringRules() {}

    /** Holds the graph against every rule. */
    public static void check(Graph graph, Findings findings) {
        check(graph, findings, rule -> true);
    }

    /** Holds the graph against some rules: a test takes each out in turn. */
    static void check(Graph graph, Findings findings, Predicate<String> isIn) {
        ALL.stream().filter(rule -> isIn.test(name(rule))).forEach(rule -> rule.check(graph, findings));
        Wires wires = Wires.of(graph);
        OF_WIRES.stream().filter(rule -> isIn.test(name(rule))).forEach(rule -> rule.check(wires, findings));
    }

    /** The names of all rules. */
    static List<String> names() {
        return Stream.concat(ALL.stream(), OF_WIRES.stream())
                .map(WiringRules::name)
                .toList();
    }

    private static String name(Object rule) {
        return rule.getClass().getSimpleName();
    }
}
