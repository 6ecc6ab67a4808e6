package io.heatwire.wiring;

import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.ListenerWire;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Nearest;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Which stages run, and which listeners that leaves. */
final class RunningStages {

    private RunningStages() {}

    /** Notes each asked-for stage that is not there or is switched off. */
    static void check(Graph graph, Set<String> only, Findings findings) {
        for (String name : new TreeSet<>(only)) {
            graph.stage(name)
                    .filter(stage -> !stage.isOn())
                    .ifPresent(stage -> findings.add(
                            ProblemCode.STAGE_OFF,
                            stage.name().place(),
                            "stage " + name + " was asked for, and it is switched off",
                            "write enabled: true, or do not ask for it"));
            if (!graph.declared().stages().contains(name)) {
                findings.add(
                        ProblemCode.UNKNOWN_STAGE,
                        Place.NONE,
                        "stage " + Shown.quoted(name) + " was asked for, and there is none of that name",
                        Nearest.advice(name, graph.declared().stages()));
            }
        }
    }

    /** The stages that run; all that are switched on when none is asked for. */
    static List<StageWire> of(Graph graph, Set<String> only) {
        return graph.stagesOn().stream()
                .filter(stage -> only.isEmpty() || only.contains(stage.name().text()))
                .toList();
    }

    /** The listeners that have something to say: not switched off, and at least one of their stages runs. */
    static List<HttpListener> listeners(Graph graph, List<StageWire> running) {
        List<String> names = running.stream().map(stage -> stage.name().text()).toList();
        return graph.listeners().stream()
                .filter(listener -> listener.port() != 0)
                .filter(listener -> listener.stages().isEmpty()
                        || listener.stages().stream().map(Word::text).anyMatch(names::contains))
                .map(RunningStages::listener)
                .toList();
    }

    private static HttpListener listener(ListenerWire wire) {
        Set<Serves> serves = EnumSet.noneOf(Serves.class);
        wire.serves().forEach(word -> serves.add(Serves.valueOf(word.text().toUpperCase(Locale.ROOT))));
        List<String> stages = wire.stages().stream().map(Word::text).toList();
        return new HttpListener(wire.host(), wire.port(), Set.copyOf(serves), stages, wire.token());
    }
}
