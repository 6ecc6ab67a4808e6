package io.heatwire.wiring.check;

import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.wiring.check.WireEnd.Use;
import io.heatwire.wiring.graph.Binding;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.SourceWire.FromStream;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who reads and who writes what: every end of every wire that fits its port. */
public final class Wires {

    private static final String IN = "in";

    private final Graph graph;
    private final List<Resource> resources;
    private final Set<String> writtenOutside;
    private final List<WireEnd> ends;
    private final List<WireEnd> asleep;
    private final Map<String, List<WireEnd>> byResource;
    private final CarriedFields carried;

    private Wires(Graph graph) {
        this.graph = graph;
        this.resources = Resource.all(graph);
        this.writtenOutside = resources.stream()
                .filter(resource -> resource.ends().isWrittenOutside())
                .map(Resource::identity)
                .collect(Collectors.toUnmodifiableSet());
        this.ends = ends(graph, graph.stagesOn());
        this.asleep = ends(
                graph, graph.stages().stream().filter(stage -> !stage.isOn()).toList());
        this.byResource = ends.stream()
                .collect(Collectors.groupingBy(end -> end.resource().identity()));
        this.carried = CarriedFields.of(resources, this::writers, this::input);
    }

    /** The wires of a graph; those of stages that are switched off are kept apart. */
    public static Wires of(Graph graph) {
        return new Wires(graph);
    }

    private static List<WireEnd> ends(Graph graph, List<StageWire> stages) {
        List<WireEnd> ends = new ArrayList<>();
        for (StageWire stage : stages) {
            if (stage.source() instanceof FromStream source) {
                stream(graph, source.in())
                        .ifPresent(in -> ends.add(new WireEnd(stage, Use.INPUT, IN, source.in(), in)));
            }
            for (Binding binding : stage.out()) {
                output(stage, binding)
                        .filter(Output.ToStream.class::isInstance)
                        .flatMap(output -> stream(graph, binding.target()))
                        .ifPresent(to -> ends.add(end(stage, Use.WRITE, binding, to)));
            }
            stage.keys().forEach(binding -> key(graph, stage, binding).ifPresent(ends::add));
        }
        return List.copyOf(ends);
    }

    private static Optional<WireEnd> key(Graph graph, StageWire stage, Binding binding) {
        KeyPort port = KeyPort.of(stage.spec()).stream()
                .filter(candidate -> candidate.name().equals(binding.name().text()))
                .findFirst()
                .orElse(null);
        if (port == null) {
            return Optional.empty();
        }
        if (port.isStream()) {
            return stream(graph, binding.target()).map(stream -> end(stage, Use.LOOK_UP, binding, stream));
        }
        return graph.key(binding.target().text())
                .filter(key -> port.types().contains(key.type()))
                .map(key -> end(stage, use(stage, binding), binding, Resource.of(key)));
    }

    private static Use use(StageWire stage, Binding binding) {
        Optional<Output> output = output(stage, binding);
        if (output.isPresent()) {
            return output.get() instanceof Output.ToNothing ? Use.DELETE : Use.WRITE;
        }
        boolean isMarker = stage.spec().lookUps().stream()
                .anyMatch(lookUp ->
                        lookUp.port().equals(binding.name().text()) && lookUp.type() == LookUpSpec.Type.MARKER);
        return isMarker ? Use.MARK : Use.LOOK_UP;
    }

    private static WireEnd end(StageWire stage, Use use, Binding binding, Resource resource) {
        return new WireEnd(stage, use, binding.name().text(), binding.target(), resource);
    }

    private static Optional<Output> output(StageWire stage, Binding binding) {
        return stage.spec().outputs().stream()
                .filter(output -> output.port().equals(binding.name().text()))
                .findFirst();
    }

    private static Optional<Resource> stream(Graph graph, Word target) {
        return target.isMissing()
                ? Optional.empty()
                : graph.stream(target.text()).map(Resource::of);
    }

    /** The whole of it. */
    public Graph graph() {
        return graph;
    }

    /** All that is declared. */
    public List<Resource> resources() {
        return resources;
    }

    /** The ends of all stages that are switched on. */
    public List<WireEnd> ends() {
        return ends;
    }

    List<WireEnd> at(Resource resource) {
        return byResource.getOrDefault(resource.identity(), List.of());
    }

    /** The stages that write it. */
    public List<WireEnd> writers(Resource resource) {
        return at(resource).stream().filter(WireEnd::writes).toList();
    }

    /** What this stage writes there, and hands on of what comes in. */
    FieldsOf.Written written(WireEnd writer) {
        return carried.writtenBy(writer);
    }

    /** The stages that get something out of it. */
    public List<WireEnd> readers(Resource resource) {
        return at(resource).stream().filter(WireEnd::reads).toList();
    }

    /** A stage that is switched off and would write it. */
    Optional<WireEnd> sleepingWriter(Resource resource) {
        return asleep.stream()
                .filter(end -> end.writes() && end.resource().isSame(resource))
                .findFirst();
    }

    /** A stage that is switched off and would read it. */
    Optional<WireEnd> sleepingReader(Resource resource) {
        return asleep.stream()
                .filter(end -> end.reads() && end.resource().isSame(resource))
                .findFirst();
    }

    /** The ends of each stage, in the order of the file. */
    Map<StageWire, List<WireEnd>> byStage() {
        return ends.stream().collect(Collectors.groupingBy(WireEnd::stage, LinkedHashMap::new, Collectors.toList()));
    }

    /** The stream a stage takes its events from; empty when it polls. */
    public Optional<Resource> input(StageWire stage) {
        return stage.source() instanceof FromStream source ? stream(graph, source.in()) : Optional.empty();
    }

    /** Whether a program outside this wiring writes it, by any of its declarations. */
    public boolean isWrittenOutside(Resource resource) {
        return writtenOutside.contains(resource.identity());
    }

    boolean isWritten(Resource resource) {
        return isWrittenOutside(resource) || !writers(resource).isEmpty();
    }
}
