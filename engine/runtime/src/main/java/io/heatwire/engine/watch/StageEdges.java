package io.heatwire.engine.watch;

import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.engine.edge.Edge;
import io.heatwire.engine.edge.Edge.Kind;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The edges of one stage: its input, its outputs, and the keys it looks up that have no variables. */
final class StageEdges {

    private final StagePlan plan;
    private final Map<String, Long> paceMs;
    private final Map<String, Wire> wires = new LinkedHashMap<>();

    /**
     * An edge and what is needed at its end.
     *
     * @param needed fields, each by all its names
     */
    record Wire(Edge edge, List<List<String>> needed) {}

    private StageEdges(StagePlan plan, Map<String, Long> paceMs) {
        this.plan = plan;
        this.paceMs = paceMs;
    }

    static List<Wire> of(StagePlan plan, Map<String, Long> paceMs) {
        StageEdges edges = new StageEdges(plan, paceMs);
        if (plan.source() instanceof SourcePlan.FromStream source) {
            edges.add(Kind.READS, source.key(), edges.required(source.aliases()));
        }
        new TreeSet<>(plan.streams().values()).forEach(key -> edges.add(Kind.WRITES, key, List.of()));
        plan.spec().lookUps().forEach(edges::lookUp);
        return List.copyOf(edges.wires.values());
    }

    private void lookUp(LookUpSpec lookUp) {
        KeyTemplate template = plan.config().keys().get(lookUp.port());
        Kind kind = kind(lookUp.type());
        if (template != null && kind != null && template.variables().isEmpty()) {
            // One field of those that are read will do: operators have defaults for the others.
            List<List<String>> any = lookUp.fields().isEmpty() ? List.of() : List.of(lookUp.fields());
            add(kind, template.key(), any);
        }
    }

    private static @Nullable Kind kind(LookUpSpec.Type type) {
        return switch (type) {
            case HASH -> Kind.LOOKS_UP_HASH;
            case VALUE -> Kind.LOOKS_UP_VALUE;
            case STREAM -> Kind.LOOKS_UP_STREAM;
            case MARKER -> null;
        };
    }

    private List<List<String>> required(Map<String, String> aliases) {
        List<List<String>> required = new ArrayList<>();
        for (FieldSpec field : plan.spec().input()) {
            if (field.required()) {
                List<String> names = new ArrayList<>(List.of(field.name()));
                aliases.entrySet().stream()
                        .filter(alias -> alias.getValue().equals(field.name()))
                        .map(Map.Entry::getKey)
                        .sorted()
                        .forEach(names::add);
                required.add(List.copyOf(names));
            }
        }
        return List.copyOf(required);
    }

    private void add(Kind kind, String key, List<List<String>> needed) {
        Edge edge = new Edge(kind, plan.name(), key, paceMs.getOrDefault(key, 0L));
        wires.putIfAbsent(edge.name(), new Wire(edge, needed));
    }
}
