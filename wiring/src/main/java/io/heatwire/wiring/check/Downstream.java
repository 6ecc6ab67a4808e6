package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.StageWire;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where entries go from a stream, stage by stage. */
final class Downstream {

    private final Map<String, List<WireEnd>> readers = new HashMap<>();
    private final Map<StageWire, List<WireEnd>> writes = new HashMap<>();

    /**
     * The ways of these wires.
     *
     * @param without streams by identity that no way may lead through
     */
    Downstream(Wires wires, Set<String> without) {
        for (WireEnd end : wires.ends()) {
            String stream = end.resource().identity();
            if (end.resource().isStream() && without.contains(stream)) {
                continue;
            }
            if (end.use() == WireEnd.Use.INPUT) {
                readers.computeIfAbsent(stream, none -> new ArrayList<>()).add(end);
            } else if (end.writes() && end.resource().isStream()) {
                writes.computeIfAbsent(end.stage(), none -> new ArrayList<>()).add(end);
            }
        }
    }

    /** The ends passed on the shortest way from one stream to another: read, written, read, and so on; empty when it is there. */
    Optional<List<WireEnd>> path(Resource from, Resource to) {
        if (from.isSame(to)) {
            return Optional.of(List.of());
        }
        Map<String, List<WireEnd>> steps = new HashMap<>();
        Map<String, String> before = new HashMap<>();
        Deque<String> next = new ArrayDeque<>(List.of(from.identity()));
        Set<String> seen = new HashSet<>(next);
        while (!next.isEmpty()) {
            String stream = next.remove();
            for (WireEnd reader : readers.getOrDefault(stream, List.of())) {
                for (WireEnd writer : writes.getOrDefault(reader.stage(), List.of())) {
                    String reached = writer.resource().identity();
                    if (seen.add(reached)) {
                        steps.put(reached, List.of(reader, writer));
                        before.put(reached, stream);
                        next.add(reached);
                    }
                }
            }
        }
        return seen.contains(to.identity()) ? Optional.of(way(to.identity(), steps, before)) : Optional.empty();
    }

    /** The ends passed on the way from one of these streams to a stage that reads it; empty when there is no way. */
    Optional<List<WireEnd>> pathTo(StageWire stage, Wires wires, List<Resource> from) {
        return wires.input(stage).stream()
                .flatMap(in -> from.stream().flatMap(start -> path(start, in).stream()))
                .findFirst();
    }

    private static List<WireEnd> way(String to, Map<String, List<WireEnd>> steps, Map<String, String> before) {
        List<WireEnd> way = new ArrayList<>();
        for (String at = to; at != null && steps.containsKey(at); at = before.get(at)) {
            List<WireEnd> step = steps.get(at);
            way.add(step.get(1));
            way.add(step.get(0));
        }
        Collections.reverse(way);
        return way;
    }
}
