package io.heatwire.ops.graph;

import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.ops.graph.Picture.Edge;
import io.heatwire.ops.graph.Picture.Node;
import io.heatwire.wiring.graph.Binding;
import io.heatwire.wiring.graph.Ends;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.KeyWire;
import io.heatwire.wiring.graph.SourceWire;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.StreamWire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Draws up the picture of a wiring. */
public final class PictureOfWiring {

    private final Graph graph;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final List<Edge> edges = new ArrayList<>();

    private PictureOfWiring(Graph graph) {
        this.graph = graph;
    }

    /**
     * The picture of everything the file declares.
     *
     * @param isWithDead whether to show the streams of dead letters
     */
    public static Picture of(Graph graph, boolean isWithDead) {
        PictureOfWiring drawing = new PictureOfWiring(graph);
        graph.streams().forEach(drawing::stream);
        graph.keys().forEach(drawing::key);
        graph.stages().forEach(drawing::stage);
        graph.stages().forEach(stage -> drawing.wires(stage, isWithDead));
        return new Picture(List.copyOf(drawing.nodes.values()), List.copyOf(drawing.edges));
    }

    private Node node(String handle, Node.Kind kind, String name, String what, String detail) {
        return nodes.computeIfAbsent(handle, absent -> new Node("n" + nodes.size(), kind, name, what, detail));
    }

    private void edge(Node from, Node to, Edge.Kind kind) {
        edges.add(new Edge(from, to, kind, ""));
    }

    private void stream(StreamWire stream) {
        Node node = node(
                "stream " + stream.name().text(),
                Node.Kind.STREAM,
                stream.name().text(),
                "stream",
                stream.key() + bound(stream.bound()));
        outside(stream.ends(), node);
    }

    private static String bound(StreamWire.Bound bound) {
        if (bound instanceof StreamWire.Bound.Keep keep) {
            return ", keeps " + keep.entries();
        }
        return bound instanceof StreamWire.Bound.Cap cap ? ", cap " + cap.entries() : "";
    }

    private void key(KeyWire key) {
        String type = key.type().name().toLowerCase(Locale.ROOT);
        Node node = node(
                "key " + key.name().text(),
                Node.Kind.KEY,
                key.name().text(),
                type,
                key.template().text());
        outside(key.ends(), node);
    }

    private void outside(Ends ends, Node node) {
        if (ends.isWrittenOutside()) {
            String who = ends.external().text();
            edge(node("outside " + who, Node.Kind.OUTSIDE, who, "outside", ""), node, Edge.Kind.OUTSIDE);
        }
    }

    private void stage(StageWire stage) {
        String source = stage.source() instanceof SourceWire.FromStream stream
                ? "group " + stream.group().text()
                : "every " + ((SourceWire.OnInterval) stage.source()).everyMs() + " ms";
        node(
                handle(stage),
                Node.Kind.STAGE,
                stage.name().text(),
                stage.spec().name(),
                stage.isOn() ? source : source + ", switched off");
    }

    private static String handle(StageWire stage) {
        return "stage " + stage.name().text();
    }

    private Optional<Node> known(String handle) {
        return Optional.ofNullable(nodes.get(handle));
    }

    private void wires(StageWire stage, boolean isWithDead) {
        Node self = known(handle(stage)).orElseThrow();
        if (stage.source() instanceof SourceWire.FromStream source) {
            streamNode(source.in().text()).ifPresent(stream -> edge(stream, self, Edge.Kind.READS));
        }
        stage.keys().forEach(binding -> key(stage, self, binding));
        stage.out()
                .forEach(binding ->
                        streamNode(binding.target().text()).ifPresent(stream -> edge(self, stream, Edge.Kind.APPENDS)));
        if (isWithDead) {
            String name = stage.name().text();
            Node dead = node("dead " + name, Node.Kind.DEAD, name + ":dead", "stream", "keeps " + stage.deadKeep());
            edge(self, dead, Edge.Kind.DEAD);
        }
    }

    private Optional<Node> streamNode(String nameOrKey) {
        return graph.stream(nameOrKey)
                .flatMap(stream -> known("stream " + stream.name().text()));
    }

    private void key(StageWire stage, Node self, Binding binding) {
        String port = binding.name().text();
        String target = binding.target().text();
        Optional<Node> key = known("key " + target).or(() -> streamNode(target));
        Optional<LookUpSpec> lookUp = stage.spec().lookUps().stream()
                .filter(each -> each.port().equals(port))
                .findFirst();
        key.ifPresent(node -> {
            if (lookUp.isEmpty()) {
                edge(self, node, Edge.Kind.WRITES);
            } else if (lookUp.get().type() == LookUpSpec.Type.MARKER) {
                edge(self, node, Edge.Kind.GUARDS);
            } else {
                edge(node, self, Edge.Kind.LOOKS_UP);
            }
        });
    }
}
