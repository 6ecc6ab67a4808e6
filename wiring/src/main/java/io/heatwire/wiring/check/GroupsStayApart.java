package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.SourceWire.FromStream;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import io.heatwire.wiring.problem.Shown;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Redis gives each entry to one consumer of a group: stages with different work in one group would each see a part, and stages
 * with one consumer name would take each other's entries.
 */
final class GroupsStayApart implements Rule {

    private record Group(String stream, String name) {}

    @Override
    public void check(Graph graph, Findings findings) {
        Map<Group, StageWire> first = new HashMap<>();
        for (StageWire stage : graph.stagesOn()) {
            if (stage.source() instanceof FromStream source && !source.in().isMissing()) {
                String stream = graph.stream(source.in().text())
                        .map(StreamWire::key)
                        .orElse(source.in().text());
                StageWire other =
                        first.putIfAbsent(new Group(stream, source.group().text()), stage);
                if (other != null && clash(other, stage)) {
                    findings.add(
                            ProblemCode.SHARED_GROUP,
                            source.group().place(),
                            "stage " + stage.name().text() + " shares group "
                                    + Shown.quoted(source.group().text()) + " of its stream with stage "
                                    + other.name().text() + ", so each would miss entries",
                            "give each stage a group of its own",
                            List.of(new Related(
                                    ((FromStream) other.source()).group().place(),
                                    "stage " + other.name().text() + " reads in that group here")));
                }
            }
        }
    }

    /** Only stages that do the very same work may share the entries of a group, each with a name of its own. */
    private static boolean clash(StageWire one, StageWire other) {
        boolean sameWork = one.spec().name().equals(other.spec().name())
                && one.settings().values().equals(other.settings().values())
                && targets(one).equals(targets(other));
        return !sameWork || consumer(one).equals(consumer(other));
    }

    private static List<String> targets(StageWire stage) {
        return Stream.concat(stage.out().stream(), stage.keys().stream())
                .map(binding -> binding.name().text() + "=" + binding.target().text())
                .sorted()
                .toList();
    }

    private static String consumer(StageWire stage) {
        return stage.source() instanceof FromStream source ? source.consumer().text() : "";
    }
}
