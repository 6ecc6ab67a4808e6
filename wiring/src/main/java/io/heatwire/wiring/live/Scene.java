package io.heatwire.wiring.live;

import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.wiring.check.Resource;
import io.heatwire.wiring.check.WireEnd;
import io.heatwire.wiring.check.Wires;
import io.heatwire.wiring.graph.SourceWire.FromStream;
import io.heatwire.wiring.graph.StageWire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * All that a part may look at.
 *
 * @param running the stages that are to run
 * @param world what was found before the first part
 */
record Scene(Wires wires, List<StageWire> running, EnginePlan plan, Probe probe, World world, Notes notes) {

    /** The ends of the stages that are to run. */
    List<WireEnd> ends() {
        return wires.ends().stream()
                .filter(end -> running.contains(end.stage()))
                .toList();
    }

    /** Each thing that these ends are about, with them. */
    Map<Resource, List<WireEnd>> endsByResource(Predicate<WireEnd> wanted) {
        Map<String, Resource> first = new LinkedHashMap<>();
        Map<Resource, List<WireEnd>> byResource = new LinkedHashMap<>();
        for (WireEnd end : ends()) {
            if (wanted.test(end)) {
                Resource resource = first.computeIfAbsent(end.resource().identity(), identity -> end.resource());
                byResource.computeIfAbsent(resource, same -> new ArrayList<>()).add(end);
            }
        }
        return byResource;
    }

    /** Whether the stage has never read its stream: its group is not there. */
    boolean isNew(StageWire stage) {
        return stage.source() instanceof FromStream source
                && wires.input(stage)
                        .map(in -> world.group(in.key().text(), source.group().text()) == null)
                        .orElse(false);
    }
}
