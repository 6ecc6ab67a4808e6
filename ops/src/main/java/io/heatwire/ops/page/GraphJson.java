package io.heatwire.ops.page;

import io.heatwire.ops.graph.LiveStates;
import io.heatwire.ops.graph.Picture;
import io.heatwire.ops.graph.Picture.Edge;
import io.heatwire.ops.graph.Picture.Node;
import io.heatwire.ops.graph.PictureOfWiring;
import io.heatwire.ops.graph.TopDown;
import io.heatwire.ops.graph.TopDown.Box;
import io.heatwire.ops.graph.TopDown.Point;
import io.heatwire.ops.graph.TopDown.Wire;
import io.heatwire.ops.http.JsonText;
import io.heatwire.wiring.graph.Graph;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The wiring with a place for everything, for the page to draw. Guards, which carry no data, are left out, and writers outside are
 * named at what they write.
 */
final class GraphJson {

    private static final int LETTER = 8;
    private static final int PADDING = 12;
    private static final int LONGEST = 28;

    private final Picture all;
    private final Picture shown;
    private final Function<Edge, String> names;

    private GraphJson(Graph graph) {
        this.all = PictureOfWiring.of(graph, false);
        this.shown = withoutGuards(all);
        this.names = LiveStates.names(all, graph);
    }

    static String of(Graph graph, long generation) {
        return new GraphJson(graph).draw(generation);
    }

    private static Picture withoutGuards(Picture all) {
        List<Edge> edges = all.edges().stream()
                .filter(edge -> edge.kind() != Edge.Kind.GUARDS && edge.kind() != Edge.Kind.OUTSIDE)
                .toList();
        List<Node> nodes = all.nodes().stream()
                .filter(node -> node.kind() == Node.Kind.STAGE
                        || edges.stream()
                                .anyMatch(edge ->
                                        edge.from().equals(node) || edge.to().equals(node)))
                .toList();
        return new Picture(nodes, edges);
    }

    private String draw(long generation) {
        TopDown.Plan plan = TopDown.of(shown, GraphJson::width);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("generation", generation);
        values.put("width", plan.width());
        values.put("height", plan.height());
        values.put("box_height", TopDown.BOX_HEIGHT);
        values.put(
                "nodes",
                shown.nodes().stream()
                        .map(node ->
                                node(node, Objects.requireNonNull(plan.boxes().get(node))))
                        .toList());
        values.put("edges", plan.wires().stream().map(this::edge).toList());
        return JsonText.of(values);
    }

    private static int width(Node node) {
        return 2 * PADDING + LETTER * shown(node.name()).length();
    }

    private static String shown(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST - 3) + "...";
    }

    private Map<String, Object> node(Node node, Box box) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("id", node.id());
        values.put("kind", word(node.kind()));
        values.put("name", node.name());
        values.put("shown", shown(node.name()));
        values.put("what", node.what());
        values.put("detail", node.detail());
        values.put("outside", writers(node));
        values.put("x", box.x());
        values.put("y", box.y());
        values.put("width", box.width());
        return values;
    }

    private String writers(Node node) {
        return all.edges().stream()
                .filter(edge -> edge.kind() == Edge.Kind.OUTSIDE && edge.to().equals(node))
                .map(edge -> edge.from().name())
                .collect(Collectors.joining(", "));
    }

    private Map<String, Object> edge(Wire wire) {
        Point label = middle(wire.points());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("ends", names.apply(wire.edge()));
        values.put("kind", word(wire.edge().kind()));
        values.put("from", wire.edge().from().name());
        values.put("to", wire.edge().to().name());
        values.put("path", path(wire.points()));
        values.put("x", label.x());
        values.put("y", label.y());
        return values;
    }

    /** Smooth from point to point, upright at each. */
    private static String path(List<Point> points) {
        StringBuilder path = new StringBuilder();
        Point last = points.get(0);
        path.append('M').append(last.x()).append(' ').append(last.y());
        for (Point next : points.subList(1, points.size())) {
            int bend = (next.y() - last.y()) / 2;
            path.append(String.format(
                    Locale.ROOT,
                    "C%d %d %d %d %d %d",
                    last.x(),
                    last.y() + bend,
                    next.x(),
                    next.y() - bend,
                    next.x(),
                    next.y()));
            last = next;
        }
        return path.toString();
    }

    /** In the middle of the first stretch, where wires of one box have parted and others have not yet come near. */
    private static Point middle(List<Point> points) {
        Point from = points.get(0);
        Point to = points.get(1);
        return new Point((from.x() + to.x()) / 2, (from.y() + to.y()) / 2);
    }

    private static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
