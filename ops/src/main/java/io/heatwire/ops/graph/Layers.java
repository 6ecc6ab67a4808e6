package io.heatwire.ops.graph;

import io.heatwire.ops.graph.Picture.Edge;
import io.heatwire.ops.graph.Picture.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts the nodes of a picture into columns, so that wires go to the right as far as there is no cycle. Same picture, same columns. */
public final class Layers {

    private static final int SWEEPS = 6;

    private final Picture picture;
    private final Map<Node, Integer> layers = new HashMap<>();
    private final List<Edge> forward = new ArrayList<>();

    private Layers(Picture picture) {
        this.picture = picture;
    }

    /** The columns from left to right, each from top to bottom. */
    public static List<List<Node>> of(Picture picture) {
        Layers layers = new Layers(picture);
        layers.dropBackEdges();
        layers.assign();
        return layers.ordered();
    }

    /** An edge to a node that is still being visited closes a cycle. */
    private void dropBackEdges() {
        Set<Node> done = new HashSet<>();
        Set<Node> open = new HashSet<>();
        picture.nodes().stream()
                .sorted(Comparator.comparing(node -> !picture.into(node).isEmpty()))
                .forEach(node -> visit(node, open, done));
    }

    private void visit(Node node, Set<Node> open, Set<Node> done) {
        if (done.contains(node) || !open.add(node)) {
            return;
        }
        for (Edge edge : picture.outOf(node)) {
            if (!open.contains(edge.to())) {
                forward.add(edge);
                visit(edge.to(), open, done);
            }
        }
        open.remove(node);
        done.add(node);
    }

    /** As far to the left as its causes allow; what has no cause stands just before its first effect. */
    private void assign() {
        picture.nodes().forEach(node -> layers.put(node, 0));
        boolean isMoving = true;
        while (isMoving) {
            isMoving = false;
            for (Edge edge : forward) {
                int least = layer(edge.from()) + 1;
                if (layer(edge.to()) < least) {
                    layers.put(edge.to(), least);
                    isMoving = true;
                }
            }
        }
        for (int i = 0; i < 2; i++) {
            picture.nodes().stream()
                    .filter(node -> forward.stream()
                            .filter(edge -> edge.to().equals(node))
                            .allMatch(edge -> edge.from().kind() == Node.Kind.OUTSIDE))
                    .forEach(this::closer);
        }
    }

    private void closer(Node node) {
        forward.stream()
                .filter(edge -> edge.from().equals(node))
                .mapToInt(edge -> layer(edge.to()))
                .min()
                .ifPresent(first -> layers.put(node, Math.max(layer(node), first - 1)));
    }

    private int layer(Node node) {
        return layers.getOrDefault(node, 0);
    }

    /** A few sweeps, each node to the middle of its neighbours, so that fewer wires cross. */
    private List<List<Node>> ordered() {
        Map<Integer, List<Node>> columns = new TreeMap<>();
        picture.nodes()
                .forEach(node -> columns.computeIfAbsent(layer(node), absent -> new ArrayList<>())
                        .add(node));
        Map<Node, Double> places = new HashMap<>();
        columns.values().forEach(column -> place(column, places));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            for (List<Node> column : columns.values()) {
                Map<Node, Double> wanted = new HashMap<>();
                column.forEach(node -> wanted.put(node, middle(node, places)));
                column.sort(Comparator.comparing(node -> wanted.getOrDefault(node, 0.0)));
                place(column, places);
            }
        }
        return columns.values().stream().map(List::copyOf).toList();
    }

    private static void place(List<Node> column, Map<Node, Double> places) {
        for (int i = 0; i < column.size(); i++) {
            places.put(column.get(i), i - column.size() / 2.0);
        }
    }

    private double middle(Node node, Map<Node, Double> places) {
        return picture.edges().stream()
                .filter(edge -> edge.from().equals(node) || edge.to().equals(node))
                .map(edge -> edge.from().equals(node) ? edge.to() : edge.from())
                .mapToDouble(other -> places.getOrDefault(other, 0.0))
                .average()
                .orElseGet(() -> places.getOrDefault(node, 0.0));
    }
}
